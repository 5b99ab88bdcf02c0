import { defineAsyncComponent } from "vue";

export { isDiagnosis, isLog } from "./files";
/** What stands in a log; loaded when the first one is opened. */
export const LogDialog = defineAsyncComponent(() => import("./LogDialog.vue"));
