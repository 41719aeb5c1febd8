// Places the steps from top to bottom with dagre.
import { graphlib, layout } from '@dagrejs/dagre'

export const WIDTH = 248
export const HEIGHT = 78

export function placed({ steps, links }) {
  const graph = new graphlib.Graph()
  graph.setGraph({ rankdir: 'TB', nodesep: 36, ranksep: 44, marginx: 16, marginy: 16 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const step of steps) graph.setNode(step.id, { width: WIDTH, height: HEIGHT })
  for (const link of links) graph.setEdge(link.from, link.to)
  layout(graph)
  const nodes = steps.map((step) => {
    const { x, y } = graph.node(step.id)
    return { id: step.id, type: 'step', position: { x: x - WIDTH / 2, y: y - HEIGHT / 2 }, data: step, width: WIDTH, height: HEIGHT }
  })
  const edges = links.map(({ from, to, label }, index) => ({
    id: `${from}-${to}-${index}`, source: from, target: to, label, type: 'routed', data: { via: via(graph.edge(from, to).points) }, ariaRole: 'presentation', ariaLabel: null,
  }))
  return { nodes, edges }
}

// Where a line that skips a row goes beside the steps of that row; a line to the next row needs no help.
function via(points) {
  return points.length > 3 ? points.slice(1, -1) : []
}
