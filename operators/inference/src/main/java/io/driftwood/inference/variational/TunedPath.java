package io.driftwood.inference.variational;

import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.learned.Learned.UnfitException;
import io.driftwood.inference.target.GaussianTarget;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A preset that was tuned: what running its paths again needs. As something {@link Learned} it is of type "tuned-path", with the labels "method" and "parts"
 * and the arrays "dimension", "bridges", "parameters" as {@link PathParameters#flat}, "coordinates-mean", "coordinates-lower" by rows, and "bound" with its
 * error.
 *
 * @param coordinates the steps are taken where this normal is standard
 * @param parameters in those coordinates
 */
public record TunedPath(PathPlan plan, GaussianTarget coordinates, PathParameters parameters) {

    public static final String TYPE = "tuned-path";

    /** Where tuning begins: short steps, for a start that is nearly there. */
    public static PathParameters first(PathPlan plan) {
        Method method = plan.method();
        return plan.first(method.hasMomentum() ? 0.1 : 0.01, method.keepsShare() ? 0.5 : 3);
    }

    /** A method or a part as configurations name it. */
    public static String nameOf(Enum<?> word) { return word.name().toLowerCase(Locale.ROOT).replace('_', '-'); }

    /** @throws IllegalArgumentException when there is none of this name */
    public static Method methodOf(String name) { return Method.valueOf(constant(name)); }

    /** @throws IllegalArgumentException when there is none of one of these names */
    public static Set<Extra> partsOf(Iterable<String> names) {
        Set<Extra> parts = EnumSet.noneOf(Extra.class);
        names.forEach(name -> parts.add(Extra.valueOf(constant(name))));
        return parts;
    }

    private static String constant(String name) { return name.replace('-', '_').toUpperCase(Locale.ROOT); }

    /**
     * Whether paths start at the normal that the coordinates are of, and not at one that was tuned.
     */
    public boolean startsStandard() {
        return Arrays.stream(parameters.mean()).allMatch(m -> m == 0) && Arrays.stream(parameters.logSd()).allMatch(s -> s == 0);
    }

    /**
     * @param labels facts in words; those of the plan are added
     * @param bound from fresh paths
     */
    public Learned learned(String name, long version, long eventTime, SortedMap<String, String> labels, Bound bound) {
        SortedMap<String, String> words = new TreeMap<>(labels);
        words.put("method", nameOf(plan.method()));
        words.put("parts", plan.extras().stream().sorted().map(TunedPath::nameOf).collect(Collectors.joining(" ")));
        SortedMap<String, double[]> arrays = new TreeMap<>();
        arrays.put("dimension", new double[] {plan.dimension()});
        arrays.put("bridges", new double[] {plan.bridges()});
        arrays.put("parameters", parameters.flat());
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
        PathPlan plan = plan(learned, d);
        double[] lower = learned.array("coordinates-lower", d * d);
        for (int j = 0; j < d; j++) {
            requirePositive(learned, "coordinates-lower", lower[j * d + j]);
        }
        PathParameters first = first(plan);
        PathParameters parameters = first.unflatten(learned.array("parameters", first.flat().length));
        requirePositive(learned, "parameters", parameters.step());
        Arrays.stream(parameters.increments()).forEach(g -> requirePositive(learned, "parameters", g));
        requireFriction(learned, plan.method(), parameters.friction());
        return new TunedPath(plan, new GaussianTarget(learned.array("coordinates-mean", d), lower), parameters);
    }

    private static PathPlan plan(Learned learned, int dimension) {
        double bridges = learned.array("bridges", 1)[0];
        if (!(bridges >= 0 && bridges <= 1 << 20 && bridges == Math.rint(bridges))) {
            throw new UnfitException(learned, "holds " + bridges + " in 'bridges', which is no number of bridges");
        }
        String parts = learned.label("parts");
        try {
            Set<Extra> extras = partsOf(parts.isEmpty() ? Set.of() : Arrays.asList(parts.split(" ")));
            return new PathPlan(methodOf(learned.label("method")), dimension, (int) bridges, extras);
        } catch (IllegalArgumentException e) {
            throw new UnfitException(learned, "is of method '" + learned.label("method") + "' with parts '" + parts + "', which is not known here");
        }
    }

    private static void requireFriction(Learned learned, Method method, double friction) {
        boolean fits = !method.hasFriction() || (method.keepsShare() ? friction >= 0 && friction < 1 : friction > 0);
        if (!fits) {
            throw new UnfitException(learned, "holds the friction " + friction + ", which " + nameOf(method) + " cannot use");
        }
    }

    private static void requirePositive(Learned learned, String array, double number) {
        if (!(number > 0)) {
            throw new UnfitException(learned, "holds " + number + " in array '" + array + "' where a number must be greater than 0");
        }
    }
}
