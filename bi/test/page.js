// What the page shows. Superset draws its charts with ECharts on canvases: an instance of it is found through
// the React component that holds it, and asked what it has drawn.
() => {
  const box = title => document.querySelector(`[data-test-chart-name="${CSS.escape(title)}"]`);

  const instance = host => {
    const key = Object.keys(host).find(name => name.startsWith('__reactFiber'));
    for (let fiber = host[key], up = 0; fiber && up < 12; fiber = fiber.return, up++) {
      for (let hook = fiber.memoizedState, n = 0; hook && n < 60; hook = hook.next, n++) {
        const held = hook.memoizedState && hook.memoizedState.current;
        if (held && typeof held.getZr === 'function') return held;
      }
    }
    return null;
  };

  const chart = title => instance(box(title).querySelector('[_echarts_instance_]'));
  const drawn = title => chart(title).getZr().storage.getDisplayList().filter(shape => !shape.ignore && !shape.invisible);

  const rendered = element => {
    if (element.querySelector('.loading, [data-test="loading-indicator"]')) return false;
    if (element.querySelector('.ant-alert, .missing, .ant-empty')) return true;
    const host = element.querySelector('[_echarts_instance_]');
    if (host) return !!instance(host) && instance(host).getZr().storage.getDisplayList().length > 0;
    return !!element.querySelector('table tbody tr, .header-line');
  };

  window.bi = {
    charts: () => [...document.querySelectorAll('[data-test-chart-name]')].map(e => e.getAttribute('data-test-chart-name')),
    ready: count => bi.charts().length >= count && [...document.querySelectorAll('[data-test-chart-name]')].every(rendered),
    problems: () => [...document.querySelectorAll('[data-test-chart-name]')]
      .filter(e => e.querySelector('.ant-alert, .missing, .ant-empty'))
      .map(e => e.getAttribute('data-test-chart-name') + ': ' + e.innerText.replace(/\s+/g, ' ').slice(0, 300)),
    // The large number, as text.
    headline: title => box(title).querySelector('.header-line').innerText,
    // The series that ECharts holds, which is what it draws.
    series: title => chart(title).getOption().series.map(s => ({ type: s.type, name: s.name, data: s.data })),
    // All words and numbers on the canvas.
    texts: title => drawn(title).filter(s => s.type === 'tspan' || s.type === 'text').map(s => s.style.text),
    // The lower and upper edges of the bars of one colour, from left to right, in units of the axis.
    bars: (title, colour) => drawn(title)
      .filter(s => s.type === 'rect' && s.style.fill && s.style.fill.toLowerCase() === colour.toLowerCase() && s.shape.height)
      .sort((a, b) => a.shape.x - b.shape.x)
      .map(s => [s.shape.y, s.shape.y + s.shape.height].map(y => chart(title).convertFromPixel({ yAxisIndex: 0 }, y)))
      .map(edges => edges.sort((a, b) => a - b)),
    // Where on the page a point of the chart is.
    place: (title, x, y) => {
      const canvas = box(title).querySelector('canvas').getBoundingClientRect();
      const [left, top] = chart(title).convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 }, [x, y]);
      return [canvas.left + left, canvas.top + top];
    },
    tooltip: () => [...document.querySelectorAll('.echarts-tooltip')]
      .filter(e => e.innerText.trim() && getComputedStyle(e).visibility !== 'hidden' && getComputedStyle(e).opacity > 0.5)
      .map(e => e.innerText)[0] || '',
    rows: title => [...box(title).querySelectorAll('table tbody tr')].map(r => [...r.cells].map(c => c.innerText.trim())),
    columns: title => [...box(title).querySelectorAll('table thead th')].map(c => c.innerText.trim()),
    pages: title => [...box(title).querySelectorAll('.pagination li, .ant-pagination li')].map(p => p.innerText.trim()),
  };
}
