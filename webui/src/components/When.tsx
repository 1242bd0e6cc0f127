import { full, relative } from "@/format/time";
import { useTick } from "./useTick";

/** A moment in few words, the whole of it on hover. */
export function When({ moment }: { moment: number }) {
  const now = useTick(true, 30);
  if (!moment) return "–";
  return (
    <time dateTime={new Date(moment * 1000).toISOString()} title={full(moment)}>
      {relative(moment, now)}
    </time>
  );
}
