package io.driftwood.jobs.topology;

import io.driftwood.connectors.Sources;
import io.driftwood.connectors.Watermarks;
import io.driftwood.connectors.contract.SourceConnector;
import io.driftwood.inference.catalogue.Problem;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.wire.DecodeSpec;
import io.driftwood.wire.Decoded;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/** Where something besides the records comes from, how it is read, and how far its event time has got. */
public record SideInput(SourceConnector source, DecodeSpec spec, WatermarkStrategy<Decoded> watermarks) {

    /** How long an input without end may be silent before it no longer holds back event time, where nothing is said. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    /** The source of a section of the configuration, whatever of its problems can be found. */
    static Optional<SourceConnector> source(Settings section, List<Problem> problems) {
        return JobPlan.attempt(problems, () -> Sources.CATALOGUE.build(section.struct("source")));
    }

    /** @param timed whether the job puts what comes in order of event time */
    static SideInput of(SourceConnector source, DecodeSpec spec, Settings section, boolean timed) {
        return new SideInput(source, spec, timed
                ? Watermarks.strategy(source.bounded(), section.duration("out-of-orderness"), idleAfter(section, source.bounded()))
                : WatermarkStrategy.noWatermarks());
    }

    private static Optional<Duration> idleAfter(Settings section, boolean bounded) {
        if (section.get("idle-after") instanceof Duration duration) {
            return Optional.of(duration);
        }
        return section.text("idle-after").equals("off") || bounded ? Optional.empty() : Optional.of(SILENCE);
    }
}
