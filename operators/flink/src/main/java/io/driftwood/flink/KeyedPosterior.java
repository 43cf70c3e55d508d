package io.driftwood.flink;

import io.driftwood.flink.PosteriorOptions.LatePolicy;
import io.driftwood.flink.PosteriorOptions.Order;
import io.driftwood.flink.order.EventTimeBuffer;
import io.driftwood.flink.state.DirectStore;
import io.driftwood.flink.state.PosteriorStore;
import io.driftwood.flink.type.RecordTypes;
import io.driftwood.flink.type.UnreportedStep;
import io.driftwood.inference.assimilate.Alarm;
import io.driftwood.inference.assimilate.Answer;
import io.driftwood.inference.assimilate.Incoming;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.Question;
import io.driftwood.inference.assimilate.RaisedAlarm;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.assimilate.SetAside;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.summary.PosteriorSummary;
import java.util.Comparator;
import java.util.Optional;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.streaming.api.TimeDomain;

/**
 * What an operator does with the keys of its part of a stream, whatever kind of function it is: puts in order what comes, steps, reports, answers,
 * and forgets. {@link PosteriorFunction} and {@link InformedPosteriorFunction} are thin functions over it and say what it promises.
 */
final class KeyedPosterior {

    private static final Comparator<Incoming> BY_POSITION = Comparator.comparing(Incoming::origin).thenComparingLong(Incoming::offset);

    private final PosteriorOptions options;
    private final RuntimeContext context;
    private final Books books;
    private final WatermarkFloor floor;
    private final Versions versions;

    private Scratch scratch;
    private PosteriorStore store;
    private EventTimeBuffer<Observation> waiting;
    private Optional<EventTimeBuffer<Question>> questions;
    private IdleKeys idleKeys;
    private Reporting reporting;
    private PosteriorMetrics metrics;

    KeyedPosterior(PosteriorSupplier supplier, PosteriorOptions options, FunctionInitializationContext state, RuntimeContext context)
            throws Exception {
        this.options = options;
        this.context = context;
        books = new Books(state, context);
        floor = new WatermarkFloor(state);
        versions = new Versions(supplier.get(), state);
    }

    /** Keyed state exists from here on. */
    void open() {
        scratch = new Scratch();
        store = new DirectStore(context, options.payloads());
        waiting = new EventTimeBuffer<>("waiting", RecordTypes.OBSERVATION, BY_POSITION, context);
        questions = options.questions()
                ? Optional.of(new EventTimeBuffer<>("waiting-questions", RecordTypes.QUESTION, BY_POSITION, context)) : Optional.empty();
        idleKeys = new IdleKeys(options.forgetAfter(), ordered() ? TimeDomain.EVENT_TIME : TimeDomain.PROCESSING_TIME, context);
        reporting = new Reporting(options.emitEvery(), context);
        metrics = new PosteriorMetrics(context.getMetricGroup(), books::waiting);
    }

    private boolean ordered() { return options.order() == Order.EVENT_TIME; }

    /** Something has come. */
    void offer(Incoming incoming, Exits exits) throws Exception {
        if (incoming instanceof Observation y) {
            offer(y, exits);
        } else {
            offer((Question) incoming, exits);
        }
    }

    private void offer(Observation y, Exits exits) throws Exception {
        if (!ordered()) {
            assimilate(y, versions.newest(), exits);
        } else if (y.eventTime() == Observation.NO_TIME) {
            refuseWithoutTime(y, exits);
        } else if (EventTimeBuffer.isLate(y.eventTime(), floor.watermark(exits.timers()))) {
            late(y, exits);
        } else {
            waiting.hold(y, y.eventTime(), exits.timers());
            books.held();
        }
    }

    private void offer(Question question, Exits exits) throws Exception {
        if (!ordered()) {
            answer(question, versions.newest(), exits);
        } else if (question.eventTime() == Observation.NO_TIME) {
            refuse(question, "it has no event time, and questions are answered in order of event time", exits);
        } else if (EventTimeBuffer.isLate(question.eventTime(), floor.watermark(exits.timers()))) {
            refuse(question, "it came too late: its event time is not after the watermark " + Times.text(floor.watermark(exits.timers())), exits);
        } else {
            questions.orElseThrow().hold(question, question.eventTime(), exits.timers());
        }
    }

    /** A version of something learned has come, which fits. */
    void take(Learned learned, long watermark) throws Exception { versions.take(learned, ordered() ? floor.atLeast(watermark) : Long.MAX_VALUE); }

    void onTimer(long time, TimeDomain domain, Exits exits) throws Exception {
        floor.watermark(exits.timers());
        if (domain == TimeDomain.EVENT_TIME) {
            release(time, exits);
        }
        if (idleKeys.isDue(time, domain, exits.timers())) {
            forget(time, exits);
        }
        if (time == Reporting.END) {
            reportLast(time, exits);
        }
    }

    /** What has waited for this event time: what was observed, then what was asked. */
    private void release(long time, Exits exits) throws Exception {
        for (Observation y : waiting.release(time)) {
            books.released();
            assimilate(y, versions.at(time), exits);
        }
        if (questions.isPresent()) {
            for (Question question : questions.get().release(time)) {
                answer(question, versions.at(time), exits);
            }
        }
    }

    /** The step: state in, state out, tell. */
    private void assimilate(Observation y, SequentialPosterior posterior, Exits exits) throws Exception {
        PosteriorState state = store.read().orElseGet(() -> posterior.start(y.key()));
        StepInfo info = step(posterior, state, y);
        store.write(state);
        idleKeys.used(y.eventTime(), exits.timers());
        for (Alarm alarm : info.alarms) {
            metrics.alarm();
            exits.aside(PosteriorFunction.ALARMS, new RaisedAlarm(y.key(), state.assimilated, y.eventTime(), alarm));
        }
        if (info.rejection != null) {
            reject(y, info.rejection, exits);
            return;
        }
        books.assimilated();
        if (reporting.isDue(state.assimilated, y, info, exits.timers())) {
            exits.summary(summarise(posterior, state, y, info));
        }
    }

    private StepInfo step(SequentialPosterior posterior, PosteriorState state, Observation y) {
        long begin = System.nanoTime();
        StepInfo info;
        try {
            info = posterior.step(state, y, scratch);
        } catch (RuntimeException e) {
            throw failure("advanced", y, e);
        }
        metrics.stepped(state, info, System.nanoTime() - begin);
        return info;
    }

    private PosteriorSummary summarise(SequentialPosterior posterior, PosteriorState state, Observation y, StepInfo info) {
        try {
            return posterior.summarise(state, y, info, scratch);
        } catch (RuntimeException e) {
            throw failure("summarised", y, e);
        }
    }

    /** Reads the state and leaves it alone, also that there is none yet. */
    private void answer(Question question, SequentialPosterior posterior, Exits exits) {
        PosteriorState state = store.read().orElseGet(() -> posterior.start(question.key()));
        Answer answer;
        try {
            answer = posterior.answer(state, question, scratch);
        } catch (RuntimeException e) {
            throw failure("asked", question, e);
        }
        tell(answer, exits);
    }

    private void refuse(Question question, String reason, Exits exits) { tell(Answer.refused(question, 0, reason), exits); }

    private void tell(Answer answer, Exits exits) {
        books.answered(answer.isRefused());
        exits.aside(PosteriorFunction.ANSWERS, answer);
    }

    private void late(Observation y, Exits exits) throws Exception {
        long watermark = floor.watermark(exits.timers());
        if (options.late() == LatePolicy.ASSIMILATE) {
            metrics.lateAssimilated();
            assimilate(y, versions.at(watermark), exits);
            return;
        }
        books.late();
        metrics.late();
        exits.aside(PosteriorFunction.LATE, new SetAside("late", "its event time is not after the watermark " + Times.text(watermark), y));
    }

    private void refuseWithoutTime(Observation y, Exits exits) {
        metrics.rejectedUnseen();
        reject(y, "it has no event time, and observations are assimilated in order of event time", exits);
    }

    private void reject(Observation y, String reason, Exits exits) {
        books.rejected();
        exits.aside(PosteriorFunction.REJECTED, new SetAside("rejected", reason, y));
    }

    private void forget(long time, Exits exits) throws Exception {
        reportLast(time, exits);
        store.forget();
        idleKeys.forget();
        metrics.forgotten();
    }

    /** @param time whose version of what was learned serves the summary */
    private void reportLast(long time, Exits exits) throws Exception {
        Optional<UnreportedStep> last = reporting.takeUnreported();
        if (last.isPresent()) {
            PosteriorState state = store.read().orElseThrow();
            exits.summary(summarise(ordered() ? versions.at(time) : versions.newest(), state, last.get().observation(), last.get().info()));
        }
    }

    private IllegalStateException failure(String attempted, Incoming by, RuntimeException cause) {
        return new IllegalStateException("key '" + by.key() + "', event time " + Times.text(by.eventTime()) + ", operator "
                + context.getTaskInfo().getTaskNameWithSubtasks() + ": the posterior could not be " + attempted
                + " by the record " + by.origin() + "@" + by.offset() + ": " + cause, cause);
    }

    void save() throws Exception {
        books.save();
        floor.save();
    }
}
