package io.driftwood.inference.filter.dynamics;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.model.Coordinates;
import io.driftwood.inference.model.ParameterSpace;
import io.driftwood.inference.model.bijector.Identity;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** What the built-in models share: named real columns, and options that recur. */
final class States {

    private States() {}

    /** Columns that people read as they are. */
    static ParameterSpace real(String... names) {
        return new Coordinates(Arrays.asList(names), Collections.nCopies(names.length, ""), Collections.nCopies(names.length, new Identity()));
    }

    /** first, then name[1], name[2], ... up to count columns in all. */
    static ParameterSpace numbered(String first, String name, int count) {
        return real(IntStream.range(0, count).mapToObj(j -> j == 0 ? first : name + "[" + j + "]").toArray(String[]::new));
    }

    static Option response() { return Option.required("response", Shape.text("a field name"), "The field that is measured."); }

    static Option variance(String name, String help) { return Option.required(name, Shape.positive(), help); }

    /** A variance that may be 0. */
    static Option anyVariance(String name, double fallback, String help) {
        return Option.withDefault(name, Shape.nonNegative(), fallback, help);
    }

    static Option initial(String what) {
        return Option.required("initial", Shape.struct(
                Option.required("mean", Shape.number(), "Mean of " + what + " at the first record."),
                Option.required("variance", Shape.positive(), "Its variance.")), "What is believed of " + what + " before the first record.");
    }

    static void diagonal(double[] matrix, double... values) {
        int d = values.length;
        Arrays.fill(matrix, 0, d * d, 0.0);
        for (int j = 0; j < d; j++) {
            matrix[j * d + j] = values[j];
        }
    }

    static List<String> one(String field) { return List.of(field); }
}
