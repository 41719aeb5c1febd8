// What visitor pages need beyond HTML: the consent banner and forms that cannot be sent twice.
import './public/consent.js'
import './public/form.js'
