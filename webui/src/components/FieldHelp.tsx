import { FormHelperText } from "pf/Form";
import { HelperText, HelperTextItem } from "pf/HelperText";
import { useTranslation } from "react-i18next";

interface Props {
  /** Id of the field; the text gets `<id>-help`. */
  id: string;
  help?: string | undefined;
  /** Takes the place of the help while the value is wrong. */
  problem?: string | undefined;
}

export function FieldHelp({ id, help, problem }: Props) {
  const { t } = useTranslation();
  if (!help && !problem) return null;
  return (
    <FormHelperText>
      <HelperText id={`${id}-help`} isLiveRegion>
        <HelperTextItem variant={problem ? "error" : "default"} screenReaderText={problem ? t("warning") : ""}>{problem ?? help}</HelperTextItem>
      </HelperText>
    </FormHelperText>
  );
}
