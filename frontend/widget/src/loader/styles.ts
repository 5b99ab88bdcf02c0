/** Launcher and frame; the app sends the rest. `--c` and `--o`: brand colour and colour on it. */
export const css = `:host{all:initial}*{box-sizing:border-box}
#w{position:fixed;z-index:2147483000;bottom:20px;right:20px;font:15px/1.5 "PingFang SC","Microsoft YaHei","Noto Sans SC",system-ui,sans-serif;padding:env(safe-area-inset-top) 0 env(safe-area-inset-bottom)}
#w.l{right:auto;left:20px}
button{all:unset;box-sizing:border-box;cursor:pointer}
button:focus-visible{outline:3px solid var(--c);outline-offset:3px}
#b{display:grid;place-items:center;position:relative;width:56px;height:56px;border-radius:50%;background:var(--c);color:var(--o);box-shadow:0 6px 24px #0003,0 1px 4px #0002;transition:transform .16s}
svg{width:26px;height:26px;grid-area:1/1;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round;transition:transform .16s,opacity .16s}
#f{position:fixed;bottom:92px;right:20px;width:400px;height:min(704px,calc(100vh - 112px));border:0;border-radius:16px;box-shadow:0 12px 48px #0003,0 2px 8px #0001;visibility:hidden;opacity:0;transform:translateY(12px) scale(.98);transform-origin:bottom right;transition:opacity .16s,transform .18s,visibility 0s .18s;background:#fff;color-scheme:light dark}
.l #f{right:auto;left:20px;transform-origin:bottom left}
.o #f{visibility:visible;opacity:1;transform:none;transition-delay:0s}
[hidden],.o #g{display:none!important}
@media(max-width:480px){#w #f{inset:0;width:100%;height:100%;border-radius:0}.o #b{display:none}}`;
