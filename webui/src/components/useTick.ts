import { useEffect, useState } from "react";

import { now } from "@/format/time";

/** Seconds since the epoch, read again every `seconds` while `on`. */
export function useTick(on = true, seconds = 1): number {
  const [moment, setMoment] = useState(now);
  useEffect(() => {
    if (!on) return undefined;
    const timer = setInterval(() => setMoment(now()), seconds * 1000);
    return () => clearInterval(timer);
  }, [on, seconds]);
  return moment;
}
