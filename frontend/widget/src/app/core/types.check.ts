// Holds the widget's own types against the API description, of which the console's schema is made. Only types: a difference fails
// the type check, and nothing of this reaches the browser.
import type * as api from "../../../../console/src/api/schema";
import type * as own from "./types";

/** What the server sends can be read as the widget's type. */
type Reads<Widget, Sent extends Widget> = [Widget, Sent];
/** The widget knows no field that the server does not send. */
type Unknown<Widget, Sent> = Exclude<keyof Widget, keyof Sent>;
type Nothing<T extends never> = T;

export type Answers = [
  Reads<own.Config, api.WidgetConfig>,
  Reads<own.SessionAnswer, api.WidgetSession>,
  Reads<own.Contact, api.WidgetContact>,
  Reads<own.Conversation, api.WidgetConversation>,
  Reads<own.Message, api.WidgetMessage>,
  Reads<own.MessagePage, api.WidgetMessages>,
  Reads<own.Attachment, api.WidgetAttachment>,
  Reads<own.Upload, api.Upload>,
  // What the widget sends is what the server takes; who the page says it is comes from the page, and the server says what is missing.
  Reads<Omit<api.WidgetSessionRequest, "identity">, Omit<Required<own.SessionRequest>, "identity">>,
];
export type Strangers = [
  Nothing<Unknown<own.Config, api.WidgetConfig>>,
  Nothing<Unknown<own.SessionAnswer, api.WidgetSession>>,
  Nothing<Unknown<own.Conversation, api.WidgetConversation>>,
  Nothing<Unknown<own.Message, api.WidgetMessage>>,
  Nothing<Unknown<own.MessagePage, api.WidgetMessages>>,
  Nothing<Unknown<own.Attachment, api.WidgetAttachment>>,
  Nothing<Unknown<own.SessionRequest, api.WidgetSessionRequest>>,
];
