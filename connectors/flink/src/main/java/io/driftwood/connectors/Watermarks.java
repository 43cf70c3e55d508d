package io.driftwood.connectors;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.wire.Decoded;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * How far event time has got: the latest time seen, less the allowed disorder. Dead letters and what has no time
 * do not move it.
 *
 * <p>A bounded input emits a watermark as soon as it advances, so a replay meets the same watermarks between the same records
 * every time. An unbounded one emits them at Flink's interval.
 *
 * <p>Idleness is off unless asked for: a partition whose records wait behind those of another is declared idle although it is
 * not, and up to half of perfectly ordered data was measured to become late.
 */
public final class Watermarks {

    private Watermarks() {}

    /**
     * @param outOfOrderness how much older than the latest a record may be without being late
     * @param idleAfter a partition silent for this long no longer holds back event time; choose far above the longest stall
     */
    public static WatermarkStrategy<Decoded> strategy(
            boolean bounded, Duration outOfOrderness, Optional<Duration> idleAfter) {
        long disorder = outOfOrderness.toMillis();
        WatermarkStrategy<Decoded> strategy = WatermarkStrategy
                .<Decoded>forGenerator(context -> new Generator(disorder, bounded))
                .withTimestampAssigner((decoded, transportTime) -> decoded.eventTime());
        return idleAfter.map(strategy::withIdleness).orElse(strategy);
    }

    private static final class Generator implements WatermarkGenerator<Decoded> {

        private final long disorder;
        private final boolean everyRecord;
        private long latest = Observation.NO_TIME;

        Generator(long disorder, boolean everyRecord) {
            this.disorder = disorder;
            this.everyRecord = everyRecord;
        }

        @Override
        public void onEvent(Decoded decoded, long timestamp, WatermarkOutput output) {
            if (timestamp > latest) {
                latest = timestamp;
                if (everyRecord) {
                    emit(output);
                }
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            if (latest != Observation.NO_TIME) {
                emit(output);
            }
        }

        private void emit(WatermarkOutput output) {
            output.emitWatermark(new Watermark(latest - disorder - 1));
        }
    }
}
