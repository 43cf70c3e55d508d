package io.driftwood.flink;

import io.driftwood.inference.summary.PosteriorSummary;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.util.OutputTag;

/** What a function lends to the {@link KeyedPosterior} for the time of one call: the timers of the current key, and the ways out. */
interface Exits {

    TimerService timers();

    void summary(PosteriorSummary summary);

    <X> void aside(OutputTag<X> tag, X record);
}
