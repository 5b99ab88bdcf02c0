/** The version of the product; set by the build. */
declare const __HEARD_VERSION__: string;
