package io.driftwood.jobs.topology;

import io.driftwood.inference.assimilate.Answer;
import io.driftwood.inference.assimilate.RaisedAlarm;
import java.util.Comparator;

/** In which order one writer writes what has the same event time. */
final class TieBreaks {

    private static final Comparator<Answer> ANSWERS = Comparator.<Answer, String>comparing(answer -> answer.question().key())
            .thenComparing(answer -> answer.question().origin()).thenComparingLong(answer -> answer.question().offset());
    private static final Comparator<RaisedAlarm> ALARMS = Comparator.comparing(RaisedAlarm::key).thenComparingLong(RaisedAlarm::seq)
            .thenComparing(raised -> raised.alarm().kind()).thenComparing(raised -> raised.alarm().channel());

    private TieBreaks() {}

    static int ofAnswers(Answer a, Answer b) {
        return ANSWERS.compare(a, b);
    }

    static int ofAlarms(RaisedAlarm a, RaisedAlarm b) {
        return ALARMS.compare(a, b);
    }
}
