// The desk: hypermedia first, small custom elements for what HTML cannot do alone.
import './app/hypermedia.js'
import './app/toast.js'
import './app/menu.js'
import './app/palette.js'
import './app/keys.js'
import './app/rows.js'
import './app/time.js'
import './app/appearance.js'
