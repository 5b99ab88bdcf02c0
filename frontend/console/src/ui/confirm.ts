import { shallowRef } from "vue";

/** A question before something that cannot simply be undone; `body` names what will happen. */
export interface Question {
  title: string;
  body: string;
  confirm: string;
  tone?: "danger" | "neutral";
  /** Must be typed before the button works, for what destroys much. */
  type?: string;
}

interface Open extends Question {
  answer: (yes: boolean) => void;
}

export const openQuestion = shallowRef<Open>();

/** Asks once; resolves to whether the person went ahead. */
export function confirm(question: Question): Promise<boolean> {
  openQuestion.value?.answer(false);
  return new Promise((resolve) => {
    openQuestion.value = {
      ...question,
      answer: (yes) => {
        openQuestion.value = undefined;
        resolve(yes);
      },
    };
  });
}
