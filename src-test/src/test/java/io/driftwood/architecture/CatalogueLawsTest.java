package io.driftwood.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import io.driftwood.connectors.Sinks;
import io.driftwood.connectors.Sources;
import io.driftwood.connectors.contract.SinkConnector;
import io.driftwood.connectors.contract.SourceConnector;
import io.driftwood.inference.assimilate.Histories;
import io.driftwood.inference.assimilate.History;
import io.driftwood.inference.filter.Filter;
import io.driftwood.inference.filter.Filters;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.filter.dynamics.StateSpaceModels;
import io.driftwood.inference.learn.Learners;
import io.driftwood.inference.learned.Learner;
import io.driftwood.inference.model.Model;
import io.driftwood.inference.model.Models;
import io.driftwood.inference.particle.Resampler;
import io.driftwood.inference.particle.Resamplers;
import io.driftwood.inference.sample.Sampler;
import io.driftwood.inference.sample.Samplers;
import io.driftwood.inference.target.Problem;
import io.driftwood.jobs.configuration.SampleTargets;
import io.driftwood.inference.transition.Transition;
import io.driftwood.inference.transition.Transitions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a room offers for choice can be chosen: every concrete implementation that lives in the room of its contract is built by
 * code that its catalogue reaches. Reached is what the catalogue's initialiser calls, refers to, or reads from a constant, and what
 * that code in turn does.
 */
@AnalyzeClasses(packages = "io.driftwood", importOptions = MainClasses.class)
class CatalogueLawsTest {

    /** Contract and the class that holds its catalogue. */
    private static final Map<Class<?>, Class<?>> CATALOGUES = new LinkedHashMap<>(Map.ofEntries(
            Map.entry(Model.class, Models.class),
            Map.entry(StateSpaceModel.class, StateSpaceModels.class),
            Map.entry(Filter.class, Filters.class),
            Map.entry(Transition.class, Transitions.class),
            Map.entry(Resampler.class, Resamplers.class),
            Map.entry(Problem.class, SampleTargets.class),
            Map.entry(Sampler.class, Samplers.class),
            Map.entry(History.class, Histories.class),
            Map.entry(Learner.class, Learners.class),
            Map.entry(SourceConnector.class, Sources.class),
            Map.entry(SinkConnector.class, Sinks.class)));

    /** A model that a user wrote for one particle at a time, named by that model's class; a problem of the catalogue with another reference; a filter that scores another; a state-space model with its past beside it; a measurement with outliers as a model. */
    private static final Set<String> ADAPTERS = Set.of("io.driftwood.inference.model.PerParticle", "io.driftwood.inference.sample.ReferencedProblem",
            "io.driftwood.inference.filter.Scored", "io.driftwood.inference.filter.dynamics.Lagged",
            "io.driftwood.inference.denoise.stream.RobustModel");

    @ArchTest
    static void everyImplementation_isBuiltByItsCatalogue(JavaClasses all) {
        Set<String> orphans = new TreeSet<>();
        CATALOGUES.forEach((contract, catalogue) -> {
            Set<JavaClass> built = builtFrom(all.get(catalogue));
            int implementations = 0;
            for (JavaClass each : all) {
                if (isImplementation(each, contract)) {
                    implementations++;
                    if (!built.contains(each)) {
                        orphans.add(each.getName() + " is a " + contract.getSimpleName() + " that " + catalogue.getSimpleName() + " does not build");
                    }
                }
            }
            assertThat(implementations).as("implementations of %s", contract.getSimpleName()).isPositive();
        });
        assertThat(orphans).isEmpty();
    }

    /** Of the contract's own room: elsewhere a class serves its own room, as the demo's table does. */
    private static boolean isImplementation(JavaClass each, Class<?> contract) {
        String room = contract.getPackageName().split("\\.")[2];
        return each.isAssignableTo(contract) && !each.isInterface() && !each.getModifiers().contains(JavaModifier.ABSTRACT)
                && !each.isAnonymousClass() && each.getPackageName().split("\\.")[2].equals(room)
                && !ADAPTERS.contains(each.getName());
    }

    private static Set<JavaClass> builtFrom(JavaClass catalogue) {
        Set<JavaClass> built = new HashSet<>();
        Set<JavaCodeUnit> seen = new HashSet<>();
        Deque<JavaCodeUnit> open = new ArrayDeque<>();
        catalogue.getStaticInitializer().ifPresent(open::add);
        while (!open.isEmpty()) {
            JavaCodeUnit unit = open.pop();
            if (!seen.add(unit)) {
                continue;
            }
            if (unit instanceof JavaConstructor) {
                built.add(unit.getOwner());
            }
            for (JavaAccess<?> access : unit.getAccessesFromSelf()) {
                JavaClass owner = access.getTargetOwner();
                if (access.getTarget() instanceof CodeUnitAccessTarget target) {
                    target.resolveMember().ifPresent(open::add);
                } else {
                    owner.getStaticInitializer().ifPresent(open::add);
                }
            }
        }
        return built;
    }
}
