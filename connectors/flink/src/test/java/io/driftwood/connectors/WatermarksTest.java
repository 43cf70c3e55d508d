package io.driftwood.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.wire.DeadLetter;
import io.driftwood.wire.Decoded;
import io.driftwood.wire.RawRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.junit.jupiter.api.Test;

class WatermarksTest {

    private static final Decoded DEAD =
            new Decoded.Unreadable(new DeadLetter("Bad.", RawRecord.of(null, null, "f", 1, 900)));

    private final List<Long> emitted = new ArrayList<>();
    private int idle;

    private final WatermarkOutput output = new WatermarkOutput() {
        @Override
        public void emitWatermark(Watermark watermark) {
            emitted.add(watermark.getTimestamp());
        }

        @Override
        public void markIdle() {
            idle++;
        }

        @Override
        public void markActive() {}
    };

    private void meet(WatermarkStrategy<Decoded> strategy, WatermarkGenerator<Decoded> generator, Decoded decoded) {
        long time = strategy.createTimestampAssigner(null).extractTimestamp(decoded, 12345);
        generator.onEvent(decoded, time, output);
    }

    private static Decoded at(long time) {
        return new Decoded.Read(new Observation("k", time, new double[0], "f", 1));
    }

    @Test
    void boundedInput_emitsWithEveryAdvanceAndDeadLettersDoNotMoveTime() {
        WatermarkStrategy<Decoded> strategy = Watermarks.strategy(true, Duration.ofMillis(10), Optional.empty());
        WatermarkGenerator<Decoded> generator = strategy.createWatermarkGenerator(null);
        for (Decoded decoded : List.of(DEAD, at(Observation.NO_TIME), at(-100), at(50), at(40), DEAD, at(50), at(60))) {
            meet(strategy, generator, decoded);
        }
        assertThat(emitted).containsExactly(-111L, 39L, 49L);
        assertThat(idle).isZero();
    }

    @Test
    void unboundedInput_emitsAtTheIntervalOnly() {
        WatermarkStrategy<Decoded> strategy = Watermarks.strategy(false, Duration.ZERO, Optional.empty());
        WatermarkGenerator<Decoded> generator = strategy.createWatermarkGenerator(null);
        generator.onPeriodicEmit(output);
        meet(strategy, generator, at(50));
        meet(strategy, generator, at(40));
        assertThat(emitted).isEmpty();
        generator.onPeriodicEmit(output);
        assertThat(emitted).containsExactly(49L);
    }
}
