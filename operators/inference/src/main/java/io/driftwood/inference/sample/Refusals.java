package io.driftwood.inference.sample;

import io.driftwood.inference.target.Domain;
import io.driftwood.inference.target.Problem;
import io.driftwood.inference.transition.Transition;

/** Why a sampler cannot be used on a problem, in words that follow the name of the target. */
final class Refusals {

    private Refusals() {}

    static String domain(Problem problem, Transition transition) {
        Domain domain = problem.target().domain();
        return first(transition.domain() == domain ? "" : "lies on " + words(domain) + ", and the transition moves on " + words(transition.domain()), density(problem));
    }

    /** Of a sampler that needs more than a score. */
    private static String density(Problem problem) {
        return problem.target().hasDensity() ? "" : "is known by its score alone; take a sampler by denoising, such as sequential-measurements";
    }

    /** Of a sampler that moves on one domain. */
    static String domain(Problem problem, Domain wanted) {
        Domain domain = problem.target().domain();
        return wanted == domain ? "" : "lies on " + words(domain) + ", and this sampler moves on " + words(wanted);
    }

    /** Of a sampler that needs a Gaussian reference. */
    static String realLine(Problem problem) {
        Domain domain = problem.target().domain();
        return first(domain == Domain.REAL ? "" : "lies on " + words(domain) + ", and this sampler starts from a normal reference", density(problem));
    }

    static String realLine(Problem problem, Transition transition) { return first(realLine(problem), domain(problem, transition)); }

    static String first(String... refusals) {
        for (String refusal : refusals) {
            if (!refusal.isEmpty()) {
                return refusal;
            }
        }
        return "";
    }

    private static String words(Domain domain) {
        return switch (domain) {
            case REAL -> "real numbers";
            case SIGNS -> "signs";
            case ONE_HOT -> "categories";
        };
    }
}
