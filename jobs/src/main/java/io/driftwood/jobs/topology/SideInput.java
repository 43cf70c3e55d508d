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

    /** How long questions without end may be silent before they no longer hold back the records, where nothing is said. */
    static final Duration SILENCE_OF_QUESTIONS = Duration.ofSeconds(2);
    /** The same of what is learned, where a version that comes too late for its records is worse than records that wait. */
    static final Duration SILENCE_OF_LEARNING = Duration.ofSeconds(10);

    /** The source of a section of the configuration, whatever of its problems can be found. */
    static Optional<SourceConnector> source(Settings section, List<Problem> problems) {
        return JobPlan.attempt(problems, () -> Sources.CATALOGUE.build(section.struct("source")));
    }

    /**
     * @param timed whether the job puts what comes in order of event time
     * @param silence how long it may be silent where nothing is said and it has no end
     */
    static SideInput of(SourceConnector source, DecodeSpec spec, Settings section, boolean timed, Duration silence) {
        return new SideInput(source, spec, timed
                ? Watermarks.strategy(source.bounded(), section.duration("out-of-orderness"), idleAfter(section, source.bounded(), silence))
                : WatermarkStrategy.noWatermarks());
    }

    private static Optional<Duration> idleAfter(Settings section, boolean bounded, Duration silence) {
        if (section.get("idle-after") instanceof Duration duration) {
            return Optional.of(duration);
        }
        return section.text("idle-after").equals("off") || bounded ? Optional.empty() : Optional.of(silence);
    }
}
