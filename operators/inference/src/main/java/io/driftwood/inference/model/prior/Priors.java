package io.driftwood.inference.model.prior;

import io.driftwood.inference.catalogue.Catalogue;
import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Shape;

/** The prior densities of scalars that can be chosen. */
public final class Priors {

    private static final Option MEAN = Option.withDefault("mean", Shape.number(), 0.0, "Mean.");
    private static final Option LOCATION = Option.withDefault("location", Shape.number(), 0.0, "Centre.");
    private static final Option SD = Option.withDefault("sd", Shape.positive(), 1.0, "Standard deviation.");
    private static final Option SCALE = Option.withDefault("scale", Shape.positive(), 1.0, "Scale.");
    private static final Option DEGREES =
            Option.required("degrees-of-freedom", Shape.positive(), "Degrees of freedom: small for heavy tails.");

    public static final Catalogue<PriorDensity> CATALOGUE = Catalogue.of("prior",
            Entry.of("normal", "Normal with this mean and sd.",
                    s -> new Normal(s.number("mean"), s.number("sd")), MEAN, SD),
            Entry.of("student-t", "Student's t: normal in the middle, heavy tails.",
                    s -> new StudentT(s.number("degrees-of-freedom"), s.number("location"), s.number("scale")), DEGREES, LOCATION, SCALE),
            Entry.of("cauchy", "Cauchy: no mean, very heavy tails.",
                    s -> new StudentT(1, s.number("location"), s.number("scale")), LOCATION, SCALE),
            Entry.of("half-normal", "|x| of a normal about 0, for scales.",
                    s -> Half.normal(s.number("sd")),
                    Option.withDefault("sd", Shape.positive(), 1.0, "Standard deviation of the whole normal.")),
            Entry.of("half-student-t", "|x| of a Student t about 0, for scales.",
                    s -> Half.studentT(s.number("degrees-of-freedom"), s.number("scale")), DEGREES, SCALE),
            Entry.of("half-cauchy", "|x| of a Cauchy about 0, for scales.",
                    s -> Half.cauchy(s.number("scale")), SCALE),
            Entry.of("exponential", "Exponential with mean 1/rate.",
                    s -> new Exponential(s.number("rate")), Option.withDefault("rate", Shape.positive(), 1.0, "Rate.")),
            Entry.of("gamma", "Gamma with mean shape/rate.",
                    s -> new Gamma(s.number("shape"), s.number("rate")),
                    Option.required("shape", Shape.positive(), "Shape."), Option.required("rate", Shape.positive(), "Rate.")),
            Entry.of("inverse-gamma", "Inverse gamma with mean scale/(shape - 1), for variances.",
                    s -> new InverseGamma(s.number("shape"), s.number("scale")),
                    Option.required("shape", Shape.positive(), "Shape."), Option.required("scale", Shape.positive(), "Scale.")),
            Entry.of("log-normal", "The logarithm is normal.",
                    s -> new LogNormal(s.number("location"), s.number("scale")),
                    Option.withDefault("location", Shape.number(), 0.0, "Mean of the logarithm."),
                    Option.withDefault("scale", Shape.positive(), 1.0, "Standard deviation of the logarithm.")),
            Entry.of("uniform", "Equal density between low and high.",
                    s -> {
                        if (!(s.number("low") < s.number("high"))) {
                            throw s.problem("high", "must be above low");
                        }
                        return new Uniform(s.number("low"), s.number("high"));
                    },
                    Option.required("low", Shape.number(), "Lower end."), Option.required("high", Shape.number(), "Upper end.")),
            Entry.of("flat", "Improper: density 1 everywhere. Observations are kept until the posterior is proper.",
                    s -> new Flat()));

    private Priors() {}
}
