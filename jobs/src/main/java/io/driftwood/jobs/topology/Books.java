package io.driftwood.jobs.topology;

import io.driftwood.connectors.TriageOperator;
import io.driftwood.flink.LearnedGate;
import io.driftwood.flink.LearnerOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What became of every record: in = assimilated + late + rejected + dead letters; and of everything that entered besides.
 *
 * @param beside one for every input besides the records that the job had
 */
public record Books(long in, long assimilated, long late, long rejected, long deadLetters, List<Account> beside) {

    /**
     * One input besides the records.
     *
     * @param what its records are, in words
     * @param fates what became of so many of them, in words
     */
    public record Account(String what, long in, List<Fate> fates) {

        boolean closes() {
            return in == fates.stream().mapToLong(Fate::count).sum();
        }

        @Override
        public String toString() {
            return in + " " + what + " = " + String.join(" + ", fates.stream().map(fate -> fate.count() + " " + fate.words()).toList())
                    + (closes() ? "" : "   DOES NOT CLOSE");
        }
    }

    /** So many records and what became of them. */
    public record Fate(long count, String words) {}

    /** Of a job to which only records came. */
    public Books(long in, long assimilated, long late, long rejected, long deadLetters) {
        this(in, assimilated, late, rejected, deadLetters, List.of());
    }

    /** @param accumulators of a finished job */
    public static Books of(Map<String, Object> accumulators) {
        List<Account> beside = new ArrayList<>();
        add(beside, accumulators, "learned", "learned versions in",
                "taken up", LearnedGate.ACCEPTED_COUNT, "refused", LearnedGate.REFUSED_COUNT);
        add(beside, accumulators, "training", "training records in",
                "learned from", LearnerOperator.LEARNED_COUNT, "late", LearnerOperator.LATE_COUNT, "rejected", LearnerOperator.REJECTED_COUNT);
        add(beside, accumulators, "far", "far observations",
                "learned from", LearnerOperator.LEARNED_COUNT, "late", LearnerOperator.LATE_COUNT, "rejected", LearnerOperator.REJECTED_COUNT);
        add(beside, accumulators, "questions", "questions in", "answered", "questions-answered", "refused", "questions-refused");
        return new Books(count(accumulators, TriageOperator.RECORDS_IN), count(accumulators, "assimilated"), count(accumulators, "late"),
                count(accumulators, "rejected"), count(accumulators, TriageOperator.DEAD_LETTERS), List.copyOf(beside));
    }

    /** @param wordsAndNames of the fates but for dead letters, and of their accumulators */
    private static void add(List<Account> to, Map<String, Object> accumulators, String input, String what, String... wordsAndNames) {
        if (!accumulators.containsKey(input + "-" + TriageOperator.RECORDS_IN)) {
            return;
        }
        List<Fate> fates = new ArrayList<>();
        for (int i = 0; i < wordsAndNames.length; i += 2) {
            fates.add(new Fate(count(accumulators, wordsAndNames[i + 1]), wordsAndNames[i]));
        }
        fates.add(new Fate(count(accumulators, input + "-" + TriageOperator.DEAD_LETTERS), "dead letters"));
        to.add(new Account(what, count(accumulators, input + "-" + TriageOperator.RECORDS_IN), List.copyOf(fates)));
    }

    private static long count(Map<String, Object> accumulators, String name) {
        return accumulators.get(name) instanceof Number number ? number.longValue() : 0;
    }

    public boolean close() {
        return in == assimilated + late + rejected + deadLetters && beside.stream().allMatch(Account::closes);
    }

    @Override
    public String toString() {
        long unaccounted = in - assimilated - late - rejected - deadLetters;
        String records = String.format("%d records in = %d assimilated + %d late + %d rejected + %d dead letters%s", in, assimilated, late,
                rejected, deadLetters, unaccounted == 0 ? "" : "   DOES NOT CLOSE: " + unaccounted + " unaccounted for");
        return beside.isEmpty() ? records : records + "; " + String.join("; ", beside.stream().map(Account::toString).toList());
    }
}
