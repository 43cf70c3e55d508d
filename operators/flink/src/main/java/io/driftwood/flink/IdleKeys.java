package io.driftwood.flink;

import java.time.Duration;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;

/**
 * When a key is to be forgotten. Due times are rounded up to an eighth of the time to live, so that a busy key moves its timer
 * eight times in its life time and not with every observation.
 */
final class IdleKeys {

    private final long timeToLive;
    private final long grain;
    private final TimeDomain domain;
    private final ValueState<Long> due;

    /** @param domain whose time counts */
    IdleKeys(Duration timeToLive, TimeDomain domain, RuntimeContext context) {
        this.timeToLive = timeToLive.toMillis();
        this.grain = Math.max(1, this.timeToLive / 8);
        this.domain = domain;
        this.due = context.getState(new ValueStateDescriptor<>("forget-at", Types.LONG));
    }

    private boolean never() { return timeToLive == 0; }

    /** The key has been used at {@code eventTime}. */
    void used(long eventTime, TimerService timers) throws Exception {
        if (never()) {
            return;
        }
        long now = domain == TimeDomain.EVENT_TIME ? eventTime : timers.currentProcessingTime();
        if (now > Long.MAX_VALUE - timeToLive - grain) {
            return;
        }
        long next = -Math.floorDiv(-(now + timeToLive), grain) * grain;
        Long current = due.value();
        if (current == null || next > current) {
            due.update(next);
            register(next, timers);
        }
    }

    private void register(long time, TimerService timers) {
        if (domain == TimeDomain.EVENT_TIME) {
            timers.registerEventTimeTimer(time);
        } else {
            timers.registerProcessingTimeTimer(time);
        }
    }

    /** Whether this timer means that the key has been idle for too long. The end of a bounded input is no passing of time. */
    boolean isDue(long time, TimeDomain timeDomain, TimerService timers) throws Exception {
        if (never() || timeDomain != domain || timers.currentWatermark() == Long.MAX_VALUE) {
            return false;
        }
        Long current = due.value();
        return current != null && current == time;
    }

    void forget() { due.clear(); }
}
