// Builds everything a browser loads into src/reif/staff/static/dist. `--watch` keeps building while you edit.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import esbuild from 'esbuild'

const here = dirname(fileURLToPath(import.meta.url))
const root = dirname(here)
const modules = join(root, 'node_modules')
const dist = join(root, 'src/reif/staff/static/dist')
const watch = process.argv.includes('--watch')

// Each entry is one classic script without imports at run time, so hashing static file names cannot break it.
const entries = ['app', 'theme', 'public', 't', 'c', 'banner', 'charts', 'board', 'journey', 'f', 'proof', 'order', 'builder', 'preview', 'page', 'confusion'].map((name) => join(here, `${name}.js`))
const fonts = ['latin', 'latin-ext'].map((part) => `inter-${part}-wght-normal.woff2`)
const budgets = { 't.js': 2048, 'c.js': 4096, 'f.js': 2048, 'proof.js': 3072, 'form.css': 4096, 'banner.js': 1024, 'calls.css': 2048, 'theme.js': 400, 'public.js': 5120, 'public.css': 14336, 'app.js': 40960 } // gzipped bytes

const scripts = {
  entryPoints: entries,
  outdir: dist,
  bundle: true,
  format: 'iife',
  target: 'es2022',
  minify: true,
  legalComments: 'none',
  jsx: 'automatic',
  loader: { '.js': 'jsx' },
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'warning',
}
const styles = {
  entryPoints: [...['public', 'banner', 'calls', 'journey'].map((name) => join(here, `css/${name}.css`)), { in: join(here, 'css/embed.css'), out: 'form' }],
  outdir: dist,
  bundle: true,
  minify: true,
  external: ['*.woff2'],
  logLevel: 'warning',
}

// Nova dresses forty components; we take the few that we use, so that the rest cannot fight with our own.
async function nova() {
  const wanted = ['Button', 'Textarea', 'Input', 'Native Select', 'Checkbox', 'Radio', 'Switch', 'Progress', 'Skeleton']
  const [layer, ...sections] = (await readFile(join(modules, 'basecoat-css/dist/styles/nova.css'), 'utf8')).split(/^ *\/\* (?=[A-Z][\w ]+ \*\/$)/m)
  const opening = '@layer components {\n'
  const parts = wanted.map((name) => sections.find((section) => section.startsWith(`${name} */`)) ?? missing(name))
  const body = parts.map((part) => `/* ${part}`).join('').replaceAll(opening, '')
  await mkdir(join(modules, '.cache/reif'), { recursive: true })
  await writeFile(join(modules, '.cache/reif/nova.css'), `${layer}${opening}${body}}\n`)
}

const missing = (name) => { throw new Error(`Basecoat's Nova has no part named ${name}`) }

function tailwind() {
  const command = join(modules, '.bin/tailwindcss')
  const args = ['-i', join(here, 'css/app.css'), '-o', join(dist, 'app.css'), '--minify', ...(watch ? ['--watch'] : [])]
  const child = spawn(command, args, { cwd: root, stdio: ['inherit', 'ignore', watch ? 'inherit' : 'pipe'] })
  let said = ''
  child.stderr?.on('data', (chunk) => { said += chunk })
  return new Promise((resolve, reject) => {
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`tailwindcss failed: ${said}`))))
  })
}

// Every lucide icon with its older names too, as the shapes inside the <svg>: the server draws them, see {% icon %}.
async function icons() {
  const folder = join(modules, 'lucide-static/icons')
  const files = (await readdir(folder)).filter((file) => file.endsWith('.svg'))
  const shapes = await Promise.all(files.map(async (file) => [file.slice(0, -4), inside(await readFile(join(folder, file), 'utf8'))]))
  await writeFile(join(dist, 'icons.json'), JSON.stringify(Object.fromEntries(shapes)))
}

const inside = (svg) => svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>')).replace(/\s*\n\s*/g, '').replaceAll(' />', '/>')

async function copies() {
  const folder = join(modules, '@fontsource-variable/inter/files')
  await Promise.all(fonts.map((font) => copyFile(join(folder, font), join(dist, font))))
  await copyFile(join(here, 'mark.svg'), join(dist, 'mark.svg'))
}

// Visitors get a font of the letters and weights that their pages use: half the weight. Python makes it; without it they get the whole one.
async function smallFont() {
  const whole = join(modules, '@fontsource-variable/inter/files', fonts[0])
  const small = join(dist, 'inter-visitor.woff2')
  const python = [join(root, '.venv/bin/python'), 'python3'].find((command) => command === 'python3' || existsSync(command))
  if (spawnSync(python, [join(root, 'tools/small_font.py'), whole, small], { stdio: 'ignore' }).status === 0) return
  console.log('The whole font goes to visitors: fontTools is missing.')
  await copyFile(whole, small)
}

const LIGHT = 120_000 // bytes; what is heavier is for the desk alone, and takes long to press

// Beside each light file its compressed twins, which the server sends to whoever takes them.
async function compress() {
  for (const file of (await readdir(dist)).filter((name) => /\.(js|css)$/.test(name))) {
    if ((await stat(join(dist, file))).size > LIGHT) continue
    const twins = { gz: gzipSync, br: brotliCompressSync }
    for (const [ending, make] of Object.entries(twins)) {
      const twin = join(dist, `${file}.${ending}`)
      if (watch) await rm(twin, { force: true })
      else await writeFile(twin, make(await readFile(join(dist, file))))
    }
  }
}

async function weigh() {
  const over = []
  for (const [file, limit] of Object.entries(budgets)) {
    const size = gzipSync(await readFile(join(dist, file))).length
    console.log(`${file.padEnd(12)} ${String(size).padStart(6)} B gzipped, budget ${limit}`)
    if (size > limit) over.push(file)
  }
  if (over.length) throw new Error(`Over budget: ${over.join(', ')}`)
}

async function whole() {
  const started = Date.now()
  await Promise.all([esbuild.build(scripts), esbuild.build(styles), nova().then(tailwind), icons(), copies(), smallFont()])
  await weigh()
  await compress()
  console.log(`built in ${((Date.now() - started) / 1000).toFixed(1)} s`)
}

async function forever() {
  await Promise.all([icons(), copies(), nova(), smallFont(), compress()])
  for (const options of [scripts, styles]) await (await esbuild.context(options)).watch()
  await tailwind()
}

await mkdir(dist, { recursive: true })
await (watch ? forever() : whole())
