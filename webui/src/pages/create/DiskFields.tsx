import { Button } from "pf/Button";
import PlusIcon from "icon/plus";
import TimesIcon from "icon/times";
import { useTranslation } from "react-i18next";

import { SizeField } from "@/components/SizeField";
import { bytes, GIB } from "@/format/bytes";
import { asTyped, type TypedSize } from "@/format/sizes";
import type { SectionProps } from "./Create";
import { canAddDisk } from "./draft";

export function DiskFields({ draft, choices, set, wrong }: SectionProps) {
  const { t } = useTranslation("create");
  const image = choices.images.find(({ id }) => id === draft.image);
  const change = (index: number) => (size: TypedSize) => set({ disks: draft.disks.map((old, at) => (at === index ? size : old)) });
  return (
    <fieldset className="nano-choices">
      <legend>{t("disks")}</legend>
      <div className="nano-fields">
        {draft.disks.map((disk, index) => (
          <div key={index} className="nano-disk">
            <SizeField
              id={`disk-${index}`}
              label={index ? t("dataDisk", { index }) : t("systemDisk")}
              value={disk}
              onChange={change(index)}
              help={index === 0 && image ? t("atLeast", { size: bytes(image.virtual_size) }) : undefined}
              problem={wrong[`disks[${index}]`]}
            />
            {index > 0 && (
              <Button
                variant="plain"
                icon={<TimesIcon />}
                aria-label={t("removeDisk", { index })}
                onClick={() => set({ disks: draft.disks.filter((_old, at) => at !== index) })}
              />
            )}
          </div>
        ))}
      </div>
      {canAddDisk(draft) && (
        <Button variant="link" isInline icon={<PlusIcon />} onClick={() => set({ disks: [...draft.disks, asTyped(10 * GIB)] })}>
          {t("addDisk")}
        </Button>
      )}
    </fieldset>
  );
}
