// <reif-chart kind="line|area|bars|heatmap|sankey|funnel">: draws the JSON of its <script type="application/json"> child.
import { BarChart, FunnelChart, HeatmapChart, LineChart, SankeyChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { draw } from './charts/kinds.js'
import { colours } from './charts/colours.js'
import { language } from './app/words.js'

use([BarChart, FunnelChart, HeatmapChart, LineChart, SankeyChart, AriaComponent, GridComponent, LegendComponent,
  MarkLineComponent, TooltipComponent, VisualMapComponent, SVGRenderer])

const dark = matchMedia('(prefers-color-scheme: dark)')

class ReifChart extends HTMLElement {
  connectedCallback() {
    const source = this.querySelector('script[type="application/json"]')
    if (!source) return
    this.content = JSON.parse(source.textContent)
    this.canvas = this.querySelector('[data-canvas]') ?? this.appendChild(document.createElement('div'))
    this.canvas.style.height = `${this.getAttribute('height') ?? 240}px`
    this.repaint = () => this.paint()
    document.addEventListener('reif:theme', this.repaint)
    dark.addEventListener('change', this.repaint)
    this.watcher = new ResizeObserver(() => this.fit())
    this.watcher.observe(this.canvas)
    this.paint()
  }

  disconnectedCallback() {
    document.removeEventListener('reif:theme', this.repaint)
    dark.removeEventListener('change', this.repaint)
    this.watcher?.disconnect()
    this.chart?.dispose()
  }

  // Names above a chart take more lines where it is narrower: then it is drawn anew.
  fit() {
    if (Math.abs(this.canvas.clientWidth - this.width) > 60) this.paint()
    else this.chart?.resize()
  }

  paint() {
    this.width = this.canvas.clientWidth
    this.chart?.dispose()
    this.chart = init(this.canvas, null, { renderer: 'svg' })
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    const option = draw(this.getAttribute('kind') ?? 'line', this.content, colours(this), numbers(this.getAttribute('unit')), this.width)
    this.chart.setOption({ animation: !still, animationDuration: 250, ...option })
    this.canvas.role = 'img'
    this.canvas.ariaLabel = this.getAttribute('label') ?? ''
    this.chart.on('click', ({ data, value }) => {
      const href = data?.href ?? value?.href
      if (href) location.assign(href)
    })
  }
}

function numbers(unit) {
  if (unit === '%') {
    const shares = new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
    return { format: (share) => `${shares.format(100 * share)}\u202f%` } // as the server writes it
  }
  if (/^[A-Z]{3}$/.test(unit ?? '')) return new Intl.NumberFormat(language, { style: 'currency', currency: unit, maximumFractionDigits: 0 })
  return new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
}

customElements.define('reif-chart', ReifChart)
