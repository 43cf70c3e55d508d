package io.driftwood.inference.denoise.stream;

import io.driftwood.inference.denoise.Channel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where in a record a measurement stands: a field for every coordinate, then those of the noise, then the one that marks a retraction. Says in
 * words what is wrong with a record; an empty value of a coordinate is a missing coordinate, and no fault.
 */
final class MeasurementFields {

    private final int dimension;
    private final List<String> all;
    /** Fields of the noise, one or one for each coordinate; none where {@link #fixed} holds. */
    private final int noises;
    /** Noise scales, one or one for each coordinate; empty where they are in the record. */
    private final double[] fixed;
    private final boolean retracting;
    private final Channel channel;

    /** @param noise a Double or a String, or a list of as many of them as there are coordinates */
    MeasurementFields(List<String> coordinates, Object noise, String retraction, Channel channel) {
        List<?> given = noise instanceof List<?> list ? list : List.of(noise);
        boolean inRecord = given.get(0) instanceof String;
        this.dimension = coordinates.size();
        this.fixed = inRecord ? new double[0] : given.stream().mapToDouble(s -> ((Number) s).doubleValue()).toArray();
        this.noises = inRecord ? given.size() : 0;
        this.retracting = !retraction.isEmpty();
        this.channel = channel;
        List<String> names = new ArrayList<>(coordinates);
        if (inRecord) {
            given.forEach(field -> names.add((String) field));
        }
        if (retracting) {
            names.add(retraction);
        }
        this.all = List.copyOf(names);
        if (names.stream().distinct().count() < names.size()) {
            throw new IllegalArgumentException("one field is named twice among " + names);
        }
    }

    List<String> all() { return all; }

    Measurement newMeasurement() { return new Measurement(dimension, oneScale() ? 1 : dimension); }

    private boolean oneScale() { return noises == 1 || fixed.length == 1; }

    /** Reads a record that the gate has let in. Null, or why it is no measurement. */
    String read(double[] values, Measurement out) {
        out.present = 0;
        System.arraycopy(values, 0, out.y, 0, dimension);
        for (int j = 0; j < dimension; j++) {
            if (!Double.isNaN(values[j])) {
                out.present++;
                if (!channel.possible(values[j])) {
                    return "field `" + all.get(j) + "` is " + values[j] + (channel == Channel.SIGNS ? ", and a sign is 1 or -1" : ", and a measurement is finite");
                }
            }
        }
        for (int i = 0; i < out.noise.length; i++) {
            boolean matters = out.noise.length == 1 ? out.present > 0 : !Double.isNaN(values[i]);
            out.noise[i] = matters ? scale(values, i) : 1;
            if (matters && !channel.possibleNoise(out.noise[i])) {
                return wrongNoise(i, out.noise[i]);
            }
        }
        out.retracts = false;
        if (retracting) {
            double mark = values[values.length - 1];
            out.retracts = mark == 1;
            if (mark != 0 && mark != 1 && !Double.isNaN(mark)) {
                return "field `" + all.get(all.size() - 1) + "` is " + mark + "; it is 1 for a measurement that is taken back, and else 0 or empty";
            }
        }
        return null;
    }

    double scale(double[] values, int j) {
        return noises > 0 ? values[dimension + (noises == 1 ? 0 : j)] : fixed[fixed.length == 1 ? 0 : j];
    }

    private String wrongNoise(int j, double scale) {
        String field = "field `" + all.get(dimension + (noises == 1 ? 0 : j)) + "`, the scale of the noise, ";
        return Double.isNaN(scale) ? field + "is missing" : field + "is " + scale + "; it must be greater than 0, and its square a number";
    }

    /** Whether all scales that are in no record are possible. */
    boolean noiseIsPossible() { return Arrays.stream(fixed).allMatch(channel::possibleNoise); }
}
