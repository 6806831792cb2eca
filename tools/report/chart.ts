// Charts: what Apache ECharts draws, in the colours of the page.
import * as echarts from 'echarts/core';
import { BarChart, CustomChart, LineChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { SVGRenderer } from 'echarts/renderers';
import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from 'echarts';
import { h } from './dom';
import type { Num } from './data';

echarts.use([BarChart, CustomChart, LineChart, GridComponent, MarkLineComponent, TooltipComponent, SVGRenderer]);

export type Colour = 'card' | 'ink' | 'muted' | 'line' | 'a' | 'b' | 'c' | 'd' | 'e' | 'f';

/// Told apart also without colour vision (Okabe and Ito), and in grey by their order.
export const series: Colour[] = ['a', 'b', 'c', 'd', 'e', 'f'];

export function colour(name: Colour): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

export interface Axis {
  labels: string[]; // of the categories
  ticks?: (index: number) => string; // '' where none; default: every label
  value: (x: number) => string; // of the other axis
  unit: string; // of it
}

export type Layer =
  | { kind: 'band'; name: string; lo: Num[]; hi: Num[]; colour: Colour; opacity: number }
  | { kind: 'line'; name: string; values: Num[]; colour: Colour; width: number; dashed?: boolean; opacity?: number }
  | { kind: 'bar'; name: string; values: Num[]; colour: Colour; stack?: string }
  // A bar from lo to hi; side by side where several have the same `of`.
  | { kind: 'range'; name: string; lo: Num[]; hi: Num[]; colour: Colour; opacity: number; width: number; of: number; at: number }
  | { kind: 'dot'; name: string; values: Num[]; lo?: Num[]; hi?: Num[]; colour: Colour; of: number; at: number }
  | { kind: 'tick'; name: string; values: Num[]; colour: Colour; width: number; of: number; at: number };

export interface Plan {
  axis: Axis;
  layers: Layer[];
  zero?: boolean; // the value axis begins at 0
  note: (index: number) => string[]; // what stands in the tooltip of a category
}

export interface Drawn {
  redraw(): void;
  option(): unknown;
}

export function draw(place: HTMLElement, plan: Plan): Drawn {
  const chart = echarts.init(place, undefined, { renderer: 'svg', height: 300 });
  const redraw = () => {
    chart.setOption(optionOf(plan, chart.getWidth()), { notMerge: true });
    // The sentence and the table say what the drawing shows.
    place.querySelector('svg')?.setAttribute('aria-hidden', 'true');
  };
  redraw();
  new ResizeObserver(() => {
    if (place.clientWidth === 0 || place.clientWidth === chart.getWidth()) return;
    chart.resize();
    redraw();
  }).observe(place);
  return { redraw, option: () => chart.getOption() };
}

function optionOf(plan: Plan, width: number): echarts.EChartsCoreOption {
  const { axis } = plan;
  const room = Math.max(40, (width - 80) / axis.labels.length - 8); // of a label
  const label = { color: colour('muted'), fontFamily: 'inherit', fontSize: 12, hideOverlap: true };
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 8, right: 12, top: 28, bottom: 4, containLabel: true },
    tooltip: {
      trigger: 'axis',
      confine: true,
      backgroundColor: colour('card'),
      borderColor: colour('line'),
      textStyle: { color: colour('ink'), fontSize: 13 },
      axisPointer: { type: 'line', lineStyle: { color: colour('muted') } },
      formatter: (items: { dataIndex: number }[]) => {
        const at = items[0].dataIndex;
        const [head, ...rest] = plan.note(at);
        return h('div', {}, h('strong', {}, head), ...rest.map((line) => h('div', {}, line)));
      },
    },
    xAxis: {
      type: 'category',
      data: axis.labels,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colour('muted') } },
      axisLabel: axis.ticks
        ? { ...label, interval: (index: number) => axis.ticks!(index) !== '', formatter: (_: string, index: number) => axis.ticks!(index) }
        : { ...label, interval: 0, hideOverlap: false, lineHeight: 15, formatter: (text: string) => broken(text, room) },
    },
    yAxis: {
      type: 'value',
      scale: !plan.zero,
      name: axis.unit,
      nameGap: 12,
      nameTextStyle: { ...label, align: 'left' },
      splitNumber: 4,
      axisLabel: { ...label, formatter: axis.value },
      splitLine: { lineStyle: { color: colour('line') } },
    },
    series: plan.layers.map((layer, k) => seriesOf(layer, axis.labels.length, k)),
  };
}

/// Lines of about so many pixels, broken at blanks.
function broken(text: string, room: number): string {
  const most = room / 6.5;
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.length - 1;
    if (last >= 0 && lines[last].length + 1 + word.length <= most) lines[last] += ` ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}

const known = (value: Num): value is number => value !== null;

function seriesOf(layer: Layer, count: number, z: number): object {
  const common = { name: layer.name, z, silent: true, animation: false };
  if (layer.kind === 'line') {
    return {
      ...common,
      type: 'line',
      data: layer.values,
      symbol: 'none',
      connectNulls: false,
      lineStyle: { color: colour(layer.colour), width: layer.width, type: layer.dashed ? 'dashed' : 'solid', opacity: layer.opacity ?? 1 },
    };
  }
  if (layer.kind === 'bar') {
    return { ...common, type: 'bar', data: layer.values, stack: layer.stack, barMaxWidth: 44, itemStyle: { color: colour(layer.colour) } };
  }
  const custom = { ...common, type: 'custom', clip: true };
  if (layer.kind === 'band') {
    return {
      ...custom,
      data: layer.lo.map((lo, k) => [k, lo, layer.hi[k]]),
      encode: { x: 0, y: [1, 2] },
      renderItem: (params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) =>
        params.dataIndex === 0 ? bandShape(layer, count, api) : null,
    };
  }
  const column = (api: CustomSeriesRenderItemAPI) => columnOf(api, layer.of, layer.at);
  if (layer.kind === 'range') {
    return {
      ...custom,
      data: layer.lo.map((lo, k) => [k, lo, layer.hi[k]]),
      encode: { x: 0, y: [1, 2] },
      renderItem: (_: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => {
        const { x, width } = column(api);
        const low = api.coord([api.value(0), api.value(1)])[1];
        const high = api.coord([api.value(0), api.value(2)])[1];
        if (!Number.isFinite(low + high)) return null;
        const w = width * layer.width;
        return { type: 'rect', shape: { x: x - w / 2, y: high, width: w, height: low - high, r: Math.min(3, w / 4) }, style: { fill: colour(layer.colour), opacity: layer.opacity } };
      },
    };
  }
  if (layer.kind === 'tick') {
    return {
      ...custom,
      data: layer.values.map((value, k) => [k, value]),
      encode: { x: 0, y: 1 },
      renderItem: (_: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => {
        const { x, width } = column(api);
        const y = api.coord([api.value(0), api.value(1)])[1];
        if (!Number.isFinite(y)) return null;
        const w = (width * layer.width) / 2;
        return { type: 'line', shape: { x1: x - w, x2: x + w, y1: y, y2: y }, style: { stroke: colour(layer.colour), lineWidth: 2.5 } };
      },
    };
  }
  return {
    ...custom,
    data: layer.values.map((value, k) => [k, value, layer.lo?.[k] ?? value, layer.hi?.[k] ?? value]),
    encode: { x: 0, y: [1, 2, 3] },
    renderItem: (_: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => {
      const { x } = column(api);
      const y = [1, 2, 3].map((k) => api.coord([api.value(0), api.value(k)])[1]);
      if (!Number.isFinite(y[0])) return null;
      const stroke = { stroke: colour(layer.colour), lineWidth: 2 };
      const cap = (at: number) => ({ type: 'line' as const, shape: { x1: x - 4, x2: x + 4, y1: at, y2: at }, style: stroke });
      return {
        type: 'group',
        children: [
          { type: 'line', shape: { x1: x, x2: x, y1: y[1], y2: y[2] }, style: stroke },
          ...(layer.lo ? [cap(y[1]), cap(y[2])] : []),
          { type: 'circle', shape: { cx: x, cy: y[0], r: 4.5 }, style: { fill: colour(layer.colour), stroke: colour('card'), lineWidth: 1.5 } },
        ],
      };
    },
  };
}

/// One polygon for each stretch without gaps.
function bandShape(layer: Extract<Layer, { kind: 'band' }>, count: number, api: CustomSeriesRenderItemAPI): object {
  const shapes: object[] = [];
  let stretch: number[] = [];
  const close = () => {
    if (stretch.length > 0) {
      const upper = stretch.map((k) => api.coord([k, layer.hi[k] as number]));
      const lower = stretch.map((k) => api.coord([k, layer.lo[k] as number])).reverse();
      shapes.push({ type: 'polygon', shape: { points: [...upper, ...lower] }, style: { fill: colour(layer.colour), opacity: layer.opacity } });
    }
    stretch = [];
  };
  for (let k = 0; k < count; ++k) {
    if (known(layer.lo[k]) && known(layer.hi[k])) stretch.push(k);
    else close();
  }
  close();
  return { type: 'group', children: shapes };
}

function columnOf(api: CustomSeriesRenderItemAPI, of: number, at: number): { x: number; width: number } {
  const size = (api.size!([1, 0]) as number[])[0];
  const width = Math.min((size * 0.76) / of, 64);
  return { x: api.coord([api.value(0), 0])[0] + (at - (of - 1) / 2) * width, width: width * 0.86 };
}
