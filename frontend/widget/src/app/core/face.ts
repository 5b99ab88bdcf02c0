// What the loader's look is made of besides its own few rules: sent from here, the script in the customer's page stays tiny.

/** Badge, bubble, dark colours, reduced motion, print. */
export const faceCss = `#b:hover{transform:scale(1.05)}
.x,.o .c{opacity:0;transform:rotate(45deg) scale(.6)}.o .x{opacity:1;transform:none}
i{position:absolute;top:-3px;right:-3px;min-width:20px;height:20px;padding:0 5px;border-radius:10px;background:#c81e1e;color:#fff;font:600 12px/20px system-ui;text-align:center}
#g{position:absolute;bottom:72px;right:0;width:max-content;max-width:min(300px,calc(100vw - 40px));padding:12px 36px 12px 16px;border-radius:12px;background:#fff;color:#18181b;box-shadow:0 8px 32px #0002,0 1px 4px #0002;animation:u .2s}
.l #g{right:auto;left:0}
#g b{display:block;font-size:12px;color:#5b5b66;font-weight:500}
#g span{display:-webkit-box;-webkit-line-clamp:4;-webkit-box-orient:vertical;overflow:hidden;overflow-wrap:anywhere}
#g .k{position:absolute;top:4px;right:4px;width:28px;height:28px;text-align:center;font:18px/28px system-ui;color:#5b5b66;border-radius:6px}
@keyframes u{from{opacity:0;transform:translateY(8px)}}
@media(prefers-color-scheme:dark){#f{background:#18181b}#g{background:#27272a;color:#fafafa}#g b,#g .k{color:#b4b4bd}}
@media(prefers-reduced-motion:reduce){*{transition:none!important;animation:none!important}}
@media print{#w{display:none}}`;

/** Both faces of the launcher: speech bubble and "fold away". */
export const faceIcons =
  '<svg class="c" viewBox="0 0 24 24" aria-hidden="true"><path d="M21 11.5a8.4 8.4 0 0 1-9 8.4 9.6 9.6 0 0 1-3.4-.6L3 21l1.8-4.7A8 8 0 0 1 3 11.5a8.4 8.4 0 0 1 9-8.4 8.4 8.4 0 0 1 9 8.4z"/></svg><svg class="x" viewBox="0 0 24 24" aria-hidden="true"><path d="m6 9.5 6 6 6-6"/></svg>';
