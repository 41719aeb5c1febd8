// The canvas itself: pan, zoom, look at a step. Editing happens in the playbook and in the list beside it.
import { Background, BaseEdge, Controls, Handle, MarkerType, Position, ReactFlow, getSmoothStepPath, useReactFlow, useStore } from '@xyflow/react'
import { useEffect, useMemo } from 'react'
import { HEIGHT, WIDTH, placed } from './layout.js'
import { language, words } from '../app/words.js'
import { icons } from './icons.js'

const types = { step: Step }
const lines = { routed: Routed }
const view = { maxZoom: 1, padding: 0.08 }
const numbers = new Intl.NumberFormat(language)
const labels = {
  'controls.ariaLabel': words.canvas, 'controls.zoomIn.ariaLabel': words.nearer,
  'controls.zoomOut.ariaLabel': words.farther, 'controls.fitView.ariaLabel': words.whole,
}

function Step({ data }) {
  const body = (
    <>
      <span className="step-icon" aria-hidden="true"><svg viewBox="0 0 24 24" dangerouslySetInnerHTML={{ __html: icons[data.kind] ?? icons.step }} /></span>
      <span className="step-words"><strong>{data.title}</strong><small>{data.text}</small></span>
      {(data.counts ?? []).length > 0 && (
        <span className="step-counts">{data.counts.map(({ label, value }) => <span key={label}><b>{numbers.format(value)}</b> {label}</span>)}</span>
      )}
    </>
  )
  const size = { width: WIDTH, minHeight: HEIGHT }
  return (
    <div className="step" data-kind={data.kind} style={size}>
      <Handle type="target" position={Position.Top} isConnectable={false} />
      {data.href ? <a className="step-inside nodrag" href={data.href}>{body}</a> : <div className="step-inside">{body}</div>}
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </div>
  )
}

// A line that goes around the steps in its way, in soft turns.
function Routed({ data, label, markerEnd, ...ends }) {
  let [path, labelX, labelY] = getSmoothStepPath(ends)
  if (data.via.length > 0) {
    const points = [{ x: ends.sourceX, y: ends.sourceY }, ...data.via, { x: ends.targetX, y: ends.targetY }]
    path = `M ${points[0].x},${points[0].y}` + points.slice(1).map((to, n) => turn(points[n], to)).join('')
    ;({ x: labelX, y: labelY } = data.via[Math.floor(data.via.length / 2)])
  }
  return <BaseEdge path={path} label={label} labelX={labelX} labelY={labelY} markerEnd={markerEnd} />
}

function turn(from, to) {
  const middle = (from.y + to.y) / 2
  return ` C ${from.x},${middle} ${to.x},${middle} ${to.x},${to.y}`
}

// The whole journey is in view again when the window, or a phone, is turned.
function Whole() {
  const { fitView } = useReactFlow()
  const width = useStore((state) => state.width)
  useEffect(() => { fitView(view) }, [width, fitView])
}

export function Canvas({ journey, dark, label }) {
  const { nodes, edges } = useMemo(() => placed(journey), [journey])
  return (
    <ReactFlow
      nodes={nodes} edges={edges} nodeTypes={types} edgeTypes={lines} colorMode={dark ? 'dark' : 'light'} aria-label={label}
      ariaLabelConfig={labels} nodesFocusable={false} edgesFocusable={false}
      nodesDraggable={false} nodesConnectable={false} elementsSelectable={false} preventScrolling={false}
      fitView fitViewOptions={view} minZoom={0.3} maxZoom={1.5}
      defaultEdgeOptions={{ markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16 } }}
    >
      <Background gap={18} size={1} />
      <Controls showInteractive={false} />
      <Whole />
    </ReactFlow>
  )
}
