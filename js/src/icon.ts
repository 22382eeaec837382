import { LabIcon } from '@jupyterlab/ui-components';

/** Three units and what flows between them, under a lens. */
export const icon = new LabIcon({
  name: 'nbdebug:icon',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <g class="jp-icon3" fill="#616161">
    <path d="M10 2a8 8 0 1 0 4.9 14.3l5.4 5.4 1.4-1.4-5.4-5.4A8 8 0 0 0 10 2zm0 2a6 6 0 1 1 0 12 6 6 0 0 1 0-12z"/>
    <circle cx="7.6" cy="7.8" r="1.3"/><circle cx="7.6" cy="12.2" r="1.3"/><circle cx="12.6" cy="10" r="1.5"/>
    <path d="M8 7.2l5 2.2-.4.9-5-2.2zM8 12.8l5-2.2-.4-.9-5 2.2z"/>
  </g>
</svg>`
});
