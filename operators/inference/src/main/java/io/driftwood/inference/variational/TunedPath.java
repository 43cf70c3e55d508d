package io.driftwood.inference.variational;

import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.learned.Learned.UnfitException;
import io.driftwood.inference.target.GaussianTarget;
import java.util.Arrays;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A preset that was tuned: what running its paths again needs. As something {@link Learned} it is of type "tuned-path".
 *
 * @param bridges K
 * @param coordinates the steps are taken where this normal is standard
 * @param parameters in those coordinates
 */
public record TunedPath(Method method, int bridges, GaussianTarget coordinates, PathParameters parameters) {

    public static final String TYPE = "tuned-path";

    /** Where tuning begins: short steps, for a start that is nearly there. */
    public static PathParameters first(Method method, int dimension, int bridges) {
        return PathParameters.standard(dimension, bridges, method.hasMomentum() ? 0.1 : 0.01, method.keepsShare() ? 0.5 : 3);
    }

    /** The method as configurations name it. */
    public static String nameOf(Method method) { return method.name().toLowerCase(Locale.ROOT).replace('_', '-'); }

    /** @throws IllegalArgumentException when there is none of this name */
    public static Method methodOf(String name) { return Method.valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT)); }

    /**
     * @param labels facts in words; the method is added
     * @param bound from fresh paths
     */
    public Learned learned(String name, long version, long eventTime, SortedMap<String, String> labels, Bound bound) {
        SortedMap<String, String> words = new TreeMap<>(labels);
        words.put("method", nameOf(method));
        SortedMap<String, double[]> arrays = new TreeMap<>();
        arrays.put("dimension", new double[] {parameters.dimension()});
        arrays.put("bridges", new double[] {bridges});
        arrays.put("step", new double[] {parameters.step()});
        arrays.put("friction", new double[] {parameters.friction()});
        arrays.put("increments", parameters.increments().clone());
        arrays.put("mean", parameters.mean().clone());
        arrays.put("log-sd", parameters.logSd().clone());
        arrays.put("coordinates-mean", coordinates.mean());
        arrays.put("coordinates-lower", coordinates.lower());
        arrays.put("bound", new double[] {bound.mean(), bound.standardError()});
        return new Learned(name, TYPE, version, eventTime, words, arrays);
    }

    /**
     * @param dimension of the target that it shall serve
     * @throws UnfitException with the reason when it cannot
     */
    public static TunedPath of(Learned learned, int dimension) {
        learned.require(TYPE);
        int d = learned.count("dimension");
        if (d != dimension) {
            throw new UnfitException(learned, "is tuned in " + d + " dimensions, and here are " + dimension);
        }
        Method method = method(learned);
        int bridges = (int) learned.array("bridges", 1)[0];
        if (bridges < 0 || bridges != learned.array("bridges", 1)[0]) {
            throw new UnfitException(learned, "holds " + learned.array("bridges", 1)[0] + " in 'bridges', which is no number of bridges");
        }
        double[] lower = learned.array("coordinates-lower", d * d);
        for (int j = 0; j < d; j++) {
            requirePositive(learned, "coordinates-lower", lower[j * d + j]);
        }
        PathParameters parameters = PathPlan.of(method, d, bridges)
                .first(requirePositive(learned, "step", learned.array("step", 1)[0]), friction(learned, method))
                .withIncrements(learned.array("increments", method.bridging.increments(bridges)))
                .withStart(learned.array("mean", d), learned.array("log-sd", d));
        Arrays.stream(parameters.increments()).forEach(g -> requirePositive(learned, "increments", g));
        return new TunedPath(method, bridges, new GaussianTarget(learned.array("coordinates-mean", d), lower), parameters);
    }

    private static Method method(Learned learned) {
        try {
            return methodOf(learned.label("method"));
        } catch (IllegalArgumentException e) {
            throw new UnfitException(learned, "is of method '" + learned.label("method") + "', which is not known here");
        }
    }

    private static double friction(Learned learned, Method method) {
        double friction = learned.array("friction", 1)[0];
        boolean fits = !method.hasMomentum() || (method.keepsShare() ? friction >= 0 && friction < 1 : friction > 0);
        if (!fits) {
            throw new UnfitException(learned, "holds " + friction + " in 'friction', which " + nameOf(method) + " cannot use");
        }
        return friction;
    }

    private static double requirePositive(Learned learned, String array, double number) {
        if (!(number > 0)) {
            throw new UnfitException(learned, "holds " + number + " in array '" + array + "', where numbers are greater than 0");
        }
        return number;
    }
}
