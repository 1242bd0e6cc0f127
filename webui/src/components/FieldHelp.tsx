import { FormHelperText } from "pf/Form";
import { HelperText, HelperTextItem } from "pf/HelperText";

interface Props {
  /** Id of the field; the text gets `<id>-help`. */
  id: string;
  help?: string | undefined;
  /** Takes the place of the help while the value is wrong. */
  problem?: string | undefined;
}

export function FieldHelp({ id, help, problem }: Props) {
  if (!help && !problem) return null;
  return (
    <FormHelperText>
      <HelperText id={`${id}-help`} isLiveRegion>
        <HelperTextItem variant={problem ? "error" : "default"}>{problem ?? help}</HelperTextItem>
      </HelperText>
    </FormHelperText>
  );
}
