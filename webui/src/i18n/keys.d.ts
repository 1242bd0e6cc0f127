/** Makes a text key that does not exist a compile error. */
import type create from "@/locales/en/create.json";
import type entry from "@/locales/en/entry.json";
import type guest from "@/locales/en/guest.json";
import type guests from "@/locales/en/guests.json";
import type operations from "@/locales/en/operations.json";
import type overview from "@/locales/en/overview.json";
import type pools from "@/locales/en/pools.json";
import type shell from "@/locales/en/shell.json";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "shell";
    keySeparator: false;
    resources: {
      create: typeof create;
      entry: typeof entry;
      guest: typeof guest;
      guests: typeof guests;
      operations: typeof operations;
      overview: typeof overview;
      pools: typeof pools;
      shell: typeof shell;
    };
  }
}
