// Bundles the page into one HTML file, page.html, without a reference to anything outside it.
import { build } from 'esbuild';
import { readFileSync, writeFileSync } from 'node:fs';

const options = {
  bundle: true,
  minify: true,
  write: false,
  charset: 'utf8',
  legalComments: 'none',
  target: 'es2022',
  logLevel: 'warning',
};
const script = await build({ ...options, entryPoints: ['main.ts'], format: 'iife' });
const style = await build({ ...options, entryPoints: ['page.css'] });

// Inside a script element only `</script` and `<!--` would be read as markup.
const code = script.outputFiles[0].text.replace(/<(?=\/script|!--)/gi, '\\x3c');
const licences = ['Apache ECharts: Apache License 2.0, https://echarts.apache.org',
                  'ZRender: BSD 3-Clause, https://github.com/ecomfe/zrender'].join('; ');
const page = readFileSync('template.html', 'utf8')
  .replace('/*style*/', () => style.outputFiles[0].text)
  .replace('/*licences*/', () => licences)
  .replace('/*script*/', () => code);
writeFileSync('page.html', page);
