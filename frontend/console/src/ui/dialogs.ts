import { computed, type Ref, type WritableComputedRef } from "vue";

/** The `open` of a dialog that stands as long as it has something to ask about; closing it forgets what that was. */
export const openWhile = <T>(
  about: Ref<T | undefined>,
  holds: (about: T) => boolean = () => true,
): WritableComputedRef<boolean> =>
  computed({
    get: () => about.value !== undefined && holds(about.value),
    set: (open) => {
      if (!open) about.value = undefined;
    },
  });
