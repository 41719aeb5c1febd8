// One function for each kind of chart: content and colours in, an ECharts option out.
// Content: {x: [...], series: [{name, values, colour?, dashed?}], marks?: [{at, label}]}; see docs/build/components.md.
import { language } from '../app/words.js'

const kinds = { line, area, bars, heatmap, sankey, funnel }

export function draw(kind, raw, colours, numbers, width) {
  const content = { ...dated(raw), width }
  const say = (value) => (value == null ? '–' : numbers.format(value))
  return {
    color: colours.series,
    textStyle: { fontFamily: colours.font, fontSize: 12, color: colours.text },
    aria: { enabled: true },
    tooltip: tooltip(colours, say),
    ...kinds[kind](content, colours, say),
  }
}

// Days come as 2026-11-14 and are shown as people write them; with the year when there is more than one.
const DAY = /^\d{4}-\d\d-\d\d$/
function dated(content) {
  const days = content.x
  if (!days?.length || !days.every((day) => DAY.test(day))) return content
  const long = new Date(days.at(-1)) - new Date(days[0]) > 320 * 86400000
  const format = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', year: long ? 'numeric' : undefined, timeZone: 'UTC' })
  const written = (day) => DAY.test(day) ? format.format(new Date(day)) : day
  return { ...content, x: days.map(written), marks: content.marks?.map((mark) => ({ ...mark, at: written(mark.at) })) }
}

// A name never takes more than the width of the chart; the tooltip has all of it.
function shortened(name, width = 600) {
  const most = Math.max(12, Math.floor((width - 48) / 6.6))
  return name.length > most ? `${name.slice(0, most - 1)}…` : name
}

// How many lines the names above a chart take.
function lines(series, width) {
  let count = 1
  let left = width
  for (const { name } of series) {
    const long = shortened(name, width).length * 6.6 + 36
    if (long > left && left < width) {
      count += 1
      left = width
    }
    left -= long
  }
  return count
}

const tooltip = (colours, say) => ({
  confine: true, backgroundColor: colours.float, borderColor: colours.border, borderWidth: 1, padding: [6, 10],
  textStyle: { color: colours.text, fontSize: 12 }, valueFormatter: say, extraCssText: 'box-shadow:0 8px 24px -8px rgba(0,0,0,.25);border-radius:8px',
})

// Where several places in a row have one name, it stands at the first of them.
function onceEach(names) {
  const again = (index) => index > 0 && names[index] === names[index - 1]
  return names?.some((_, index) => again(index)) ? (index) => !again(index) : undefined
}

function frame(content, colours, say) {
  const many = content.series.length > 1
  const text = { color: colours.soft, fontSize: 11 }
  const top = (many ? 14 + 20 * lines(content.series, content.width || 600) : 12) + MARK_LINE * placed(content).levels
  return {
    grid: { left: 4, right: 12, top, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    legend: many ? { formatter: (name) => shortened(name, content.width), left: 0, top: 0, icon: 'roundRect', itemWidth: 10, itemHeight: 10, itemGap: 14, textStyle: { color: colours.soft, fontSize: 12 } } : undefined,
    xAxis: { type: 'category', data: content.x, axisLine: { lineStyle: { color: colours.border } }, axisTick: { show: false }, axisLabel: { ...text, hideOverlap: true, interval: onceEach(content.x) } },
    yAxis: { type: 'value', splitNumber: 4, splitLine: { lineStyle: { color: colours.line } }, axisLabel: { ...text, formatter: say } },
  }
}

const shade = (series, colours) => (series.colour ? { color: colours.of(series.colour) } : {})

// Marks stand over the chart: side by side where there is room, else one above the other. at: a name of x, or its index.
const MARK_LINE = 14
function placed(content) {
  const width = (content.width || 600) - 48
  const ends = []
  const place = ({ at, label }) => {
    const index = typeof at === 'number' ? at : content.x.indexOf(at)
    const half = label.length * 3.2 + 4
    const centre = (index / Math.max(content.x.length - 1, 1)) * width
    const align = centre < half ? 'left' : centre > width - half ? 'right' : 'center'
    const from = align === 'left' ? centre : align === 'right' ? centre - 2 * half : centre - half
    let level = ends.findIndex((end) => end < from)
    if (level < 0) level = ends.length
    ends[level] = from + 2 * half + 6
    return { xAxis: at, name: label, label: { distance: 4 + level * MARK_LINE, align } }
  }
  return { data: (content.marks ?? []).map(place), levels: ends.length }
}

function marks(content, colours) {
  if (!content.marks?.length) return undefined
  return {
    symbol: 'none', silent: true, lineStyle: { color: colours.soft, type: 'dashed', width: 1 },
    label: { color: colours.soft, fontSize: 11, formatter: ({ name }) => name },
    data: placed(content).data,
  }
}

function line(content, colours, say) {
  return {
    ...frame(content, colours, say),
    tooltip: { ...tooltip(colours, say), trigger: 'axis', axisPointer: { lineStyle: { color: colours.border } } },
    // the first lies on top of the others
    series: content.series.map((series, index) => ({
      type: 'line', name: series.name, data: series.values, z: 9 - index, showSymbol: content.x.length < 3, symbolSize: 5, smooth: 0.15,
      lineStyle: { width: series.dashed ? 1.5 : 2, type: series.dashed ? 'dashed' : 'solid' }, itemStyle: shade(series, colours),
      areaStyle: content.series.length === 1 ? { opacity: 0.08 } : undefined, markLine: index ? undefined : marks(content, colours),
    })),
  }
}

function area(content, colours, say) {
  const option = line(content, colours, say)
  for (const series of option.series) Object.assign(series, { stack: 'all', areaStyle: { opacity: 0.35 }, lineStyle: { width: 1.5 } })
  return option
}

function bars(content, colours, say) {
  const option = frame(content, colours, say)
  if (content.lying) {
    [option.xAxis, option.yAxis] = [option.yAxis, { ...option.xAxis, inverse: true }]
  } else option.xAxis.boundaryGap = true
  return {
    ...option,
    tooltip: { ...tooltip(colours, say), trigger: 'axis', axisPointer: { type: 'none' } },
    series: content.series.map((series) => ({
      type: 'bar', name: series.name, data: series.values, stack: content.stacked ? 'all' : undefined, barMaxWidth: 28, barGap: '12%',
      itemStyle: { borderRadius: content.stacked ? 0 : content.lying ? [0, 3, 3, 0] : [3, 3, 0, 0], ...shade(series, colours) },
    })),
  }
}

// {x: [...], y: [...], cells: [[xIndex, yIndex, value], ...]}
function heatmap(content, colours, say) {
  const values = content.cells.map((cell) => cell[2]).filter((value) => value != null)
  const axis = { type: 'category', axisTick: { show: false }, axisLine: { show: false }, axisLabel: { color: colours.soft, fontSize: 11 } }
  return {
    grid: { left: 4, right: 4, top: 4, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: { ...axis, data: content.x, position: 'top' },
    yAxis: { ...axis, data: content.y, inverse: true },
    visualMap: { show: false, min: 0, max: Math.max(...values, 1e-9), inRange: { color: [colours.paper, colours.accent] } },
    series: [{
      type: 'heatmap', data: content.cells, itemStyle: { borderColor: colours.paper, borderWidth: 2, borderRadius: 4 },
      label: { show: content.x.length <= 14, fontSize: 11, formatter: ({ value }) => say(value[2]) },
    }],
  }
}

// {nodes: [{name, colour?, href?}], links: [{source, target, value}]}
function sankey(content, colours) {
  return {
    animation: false, // its curtain can stay half drawn
    series: [{
      type: 'sankey', left: 4, right: 96, top: 8, bottom: 8, nodeWidth: 10, nodeGap: 14, draggable: false, emphasis: { focus: 'adjacency' },
      label: { color: colours.text, fontSize: 12 }, lineStyle: { color: 'gradient', opacity: 0.25 },
      data: content.nodes.map((node) => ({ ...node, itemStyle: shade(node, colours) })), links: content.links,
    }],
  }
}

// {series: [{name, value, colour?, href?}]}
function funnel(content, colours, say) {
  return {
    series: [{
      type: 'funnel', left: 4, right: '42%', top: 4, bottom: 4, sort: 'none', gap: 2, funnelAlign: 'left', minSize: '2%',
      label: { position: 'right', color: colours.text, fontSize: 12, formatter: ({ name, value }) => `${name}  ${say(value)}` }, labelLine: { show: false },
      itemStyle: { borderWidth: 0 }, data: content.series.map((step) => ({ ...step, itemStyle: shade(step, colours) })),
    }],
  }
}
