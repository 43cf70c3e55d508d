package io.driftwood.inference.learned;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One version of something learned: a mixture, a denoiser, a tuned path. The same in a file, on a topic and in a running job, which takes it
 * up for records from its event time on. Immutable as long as nobody writes to its arrays; nobody does.
 *
 * @param name what is learned, as users call it; versions are counted by name
 * @param type what the arrays mean, such as "mixture"; says who can use it
 * @param version counts upwards; the higher of two versions of one event time holds
 * @param eventTime epoch milliseconds from which it holds: that of the last record it was learned from; {@code Observation.NO_TIME} for always
 * @param labels facts in words: method, model, what was reached
 * @param arrays the numbers; a matrix row by row, a scalar as an array of one
 */
public record Learned(
        String name, String type, long version, long eventTime, SortedMap<String, String> labels, SortedMap<String, double[]> arrays) implements Serializable {

    public Learned {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        arrays = Collections.unmodifiableSortedMap(new TreeMap<>(arrays));
    }

    public static Learned of(String name, String type, long version, long eventTime, Map<String, String> labels, Map<String, double[]> arrays) {
        return new Learned(name, type, version, eventTime, new TreeMap<>(labels), new TreeMap<>(arrays));
    }

    /** Whether this holds in place of {@code other} for records that both may serve. */
    public boolean supersedes(Learned other) {
        return eventTime > other.eventTime || eventTime == other.eventTime && version > other.version;
    }

    /** @throws UnfitException if this is of another type */
    public void require(String wanted) {
        if (!type.equals(wanted)) {
            throw new UnfitException(this, "is of type '" + type + "', and '" + wanted + "' is needed");
        }
    }

    /** @throws UnfitException if there is no such label */
    public String label(String label) {
        String text = labels.get(label);
        if (text == null) {
            throw new UnfitException(this, "has no label '" + label + "'");
        }
        return text;
    }

    /**
     * The numbers of that name, not to be written to.
     *
     * @throws UnfitException if there are none, or one is not finite
     */
    public double[] array(String array) {
        double[] numbers = arrays.get(array);
        if (numbers == null) {
            throw new UnfitException(this, "has no array '" + array + "'");
        }
        for (double number : numbers) {
            if (!Double.isFinite(number)) {
                throw new UnfitException(this, "holds " + number + " in array '" + array + "'");
            }
        }
        return numbers;
    }

    /** @throws UnfitException also if there are not {@code length} */
    public double[] array(String array, int length) {
        double[] numbers = array(array);
        if (numbers.length != length) {
            throw new UnfitException(this, "has " + numbers.length + " numbers in array '" + array + "' where " + length + " are needed");
        }
        return numbers;
    }

    /** @throws UnfitException if the array is not one positive whole number */
    public int count(String array) {
        double number = array(array, 1)[0];
        if (number < 1 || number > Integer.MAX_VALUE || number != Math.rint(number)) {
            throw new UnfitException(this, "holds " + number + " in '" + array + "', which is no positive whole number");
        }
        return (int) number;
    }

    /** Something learned that cannot be used where it was given. */
    public static final class UnfitException extends RuntimeException {
        public UnfitException(Learned learned, String reason) {
            super("'" + learned.name + "' version " + learned.version + " " + reason);
        }
    }
}
