import { store } from "./core/context";
import { watchErrors } from "./core/errors";
import { start } from "./core/widget";
import { mount, redraw } from "./tiny";
import { App } from "./ui/App";
import "./styles/base.css";
import "./styles/home.css";
import "./styles/bar.css";
import "./styles/thread.css";
import "./styles/compose.css";

watchErrors();
store.subscribe(redraw);
start();
mount(() => <App />, document.getElementById("app") as HTMLElement);
