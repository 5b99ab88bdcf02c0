import { store } from "./core/context";
import { start } from "./core/widget";
import { mount, redraw } from "./tiny";
import { App } from "./ui/App";
import "./app.css";

store.subscribe(redraw);
start();
mount(() => <App />, document.getElementById("app") as HTMLElement);
