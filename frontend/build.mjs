// Builds everything a browser loads into src/reif/staff/static/dist. `--watch` keeps building while you edit.
import { spawn } from 'node:child_process'
import { copyFile, mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import esbuild from 'esbuild'

const here = dirname(fileURLToPath(import.meta.url))
const root = dirname(here)
const modules = join(root, 'node_modules')
const dist = join(root, 'src/reif/staff/static/dist')
const watch = process.argv.includes('--watch')

// Each entry is one classic script without imports at run time, so hashing static file names cannot break it.
const entries = ['app', 'theme', 'public', 't', 'c', 'banner', 'charts', 'board', 'journey', 'f', 'proof', 'order', 'builder', 'preview', 'page'].map((name) => join(here, `${name}.js`))
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
  await Promise.all([esbuild.build(scripts), esbuild.build(styles), nova().then(tailwind), icons(), copies()])
  await weigh()
  console.log(`built in ${((Date.now() - started) / 1000).toFixed(1)} s`)
}

async function forever() {
  await Promise.all([icons(), copies(), nova()])
  for (const options of [scripts, styles]) await (await esbuild.context(options)).watch()
  await tailwind()
}

await mkdir(dist, { recursive: true })
await (watch ? forever() : whole())
