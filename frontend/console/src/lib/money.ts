import { ref } from "vue";
import { locale } from "./i18n";

/** The currencies that the server knows. */
export const currencies = `
  AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD
  EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK
  LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB
  RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF
  XPF YER ZAR ZMW
`
  .trim()
  .split(/\s+/);

const whole = new Set("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split(" "));
const thousandths = new Set("BHD IQD JOD KWD LYD OMR TND".split(" "));
const own = ref("CNY");

/** From now on amounts without a currency of their own are in this one. */
export function setCurrency(code: string): void {
  own.value = code;
}

/** The currency of the organisation. */
export const ownCurrency = (): string => own.value;

/** How many decimal places the minor unit of a currency has. */
export const moneyPlaces = (code = own.value): number => (whole.has(code) ? 0 : thousandths.has(code) ? 3 : 2);

/** An amount in minor units as people write it: `¥1,280.00`. */
export function formatMoney(minor: number, code = own.value): string {
  const places = moneyPlaces(code);
  const format = new Intl.NumberFormat(locale.value, {
    style: "currency",
    currency: code,
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  });
  return format.format(minor / 10 ** places);
}

/** An amount in minor units as a field holds it: `1280.00`. */
export const moneyInput = (minor: number | null, code = own.value): string =>
  minor === null ? "" : (minor / 10 ** moneyPlaces(code)).toFixed(moneyPlaces(code));

/** What a field holds in minor units; nothing when it is no number. */
export function minorOf(text: string | number, code = own.value): number | null {
  const value = Number(text);
  return String(text).trim() === "" || Number.isNaN(value) ? null : Math.round(value * 10 ** moneyPlaces(code));
}

/** `0.01`: the step of a field for amounts. */
export const moneyStep = (code = own.value): string => (1 / 10 ** moneyPlaces(code)).toFixed(moneyPlaces(code));

/** `CNY 人民币` */
export const currencyName = (code: string): string =>
  `${code} ${new Intl.DisplayNames(locale.value, { type: "currency" }).of(code) ?? ""}`.trim();
