package io.driftwood.flink;

import io.driftwood.flink.state.PayloadTypes;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * What a {@link PosteriorFunction} does around the recursion. Immutable; start from {@link #defaults()}.
 *
 * @param order in which order a key's observations reach its posterior
 * @param late what happens to observations behind the watermark; means nothing in order of arrival
 * @param forgetAfter how long a key lives without an observation, in event time, or in processing time when the order is that of arrival;
 *     {@link Duration#ZERO} for ever. Forgotten between this and 9/8 of it
 * @param emitEvery one summary for every so many assimilated observations of a key; the last one of a key always gets its summary when the
 *     input ends or the key is forgotten
 * @param payloads what a user's own posterior keeps in its state
 * @param questions whether questions come besides observations
 */
public record PosteriorOptions(
        Order order, LatePolicy late, Duration forgetAfter, int emitEvery, PayloadTypes payloads, boolean questions) implements Serializable {

    private static final long serialVersionUID = 1;

    /** The order in which a key's observations reach its posterior. */
    public enum Order {
        /** Ascending event time up to the watermark; equal times by (origin, offset). The same at any parallelism. */
        EVENT_TIME,
        /** As they come, at once, whatever their event times. */
        ARRIVAL
    }

    /** What happens to an observation that comes behind the watermark. */
    public enum LatePolicy {
        /** It leaves through {@link PosteriorFunction#LATE}. */
        SET_ASIDE,
        /** It is assimilated at once, out of order: right for models whose observations are exchangeable. */
        ASSIMILATE
    }

    public PosteriorOptions {
        Objects.requireNonNull(order, "order");
        Objects.requireNonNull(late, "late");
        Objects.requireNonNull(payloads, "payloads");
        if (forgetAfter.isNegative()) {
            throw new IllegalArgumentException("forgetAfter is " + forgetAfter + "; it must not be negative");
        }
        if (emitEvery < 1) {
            throw new IllegalArgumentException("emitEvery is " + emitEvery + "; it must be at least 1");
        }
    }

    /** Event-time order, late observations set aside, keys kept for ever, a summary for every observation, no payload types, no questions. */
    public static PosteriorOptions defaults() {
        return new PosteriorOptions(Order.EVENT_TIME, LatePolicy.SET_ASIDE, Duration.ZERO, 1, PayloadTypes.none(), false);
    }

    public PosteriorOptions withOrder(Order chosen) { return new PosteriorOptions(chosen, late, forgetAfter, emitEvery, payloads, questions); }

    public PosteriorOptions withLate(LatePolicy chosen) { return new PosteriorOptions(order, chosen, forgetAfter, emitEvery, payloads, questions); }

    public PosteriorOptions withForgetAfter(Duration idle) { return new PosteriorOptions(order, late, idle, emitEvery, payloads, questions); }

    public PosteriorOptions withEmitEvery(int observations) { return new PosteriorOptions(order, late, forgetAfter, observations, payloads, questions); }

    public PosteriorOptions withPayloads(PayloadTypes types) { return new PosteriorOptions(order, late, forgetAfter, emitEvery, types, questions); }

    public PosteriorOptions withQuestions() { return new PosteriorOptions(order, late, forgetAfter, emitEvery, payloads, true); }
}
