package io.driftwood.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Who may know whom. A room is a module, and has one root package of its own. */
@AnalyzeClasses(packages = "io.driftwood", importOptions = MainClasses.class)
class RoomLawsTest {

    private static final String INFERENCE = "io.driftwood.inference..";
    private static final String OPERATORS = "io.driftwood.flink..";
    private static final String WIRE = "io.driftwood.wire..";
    private static final String CONNECTORS = "io.driftwood.connectors..";
    private static final String MONITOR = "io.driftwood.monitor..";
    private static final String JOBS = "io.driftwood.jobs..";
    /** What src-test ships: benchmarks, the generated part of JMH among them. */
    private static final String BENCHMARKS = "io.driftwood.bench..";

    /** Root package and the folder or jar that its classes come from. */
    private static final Map<String, String> HOMES = new LinkedHashMap<>(Map.of(
            "io.driftwood.inference", "/(operators/inference/target/classes|driftwood-inference-[^/]*\\.jar!)/",
            "io.driftwood.flink", "/(operators/flink/target/classes|driftwood-operators-flink-[^/]*\\.jar!)/",
            "io.driftwood.wire", "/(connectors/wire/target/classes|driftwood-wire-[^/]*\\.jar!)/",
            "io.driftwood.connectors", "/(connectors/flink/target/classes|driftwood-connectors-flink-[^/]*\\.jar!)/",
            "io.driftwood.monitor", "/(connectors/monitor/target/classes|driftwood-monitor-[^/]*\\.jar!)/",
            "io.driftwood.jobs", "/(jobs/target/classes|driftwood-jobs-[^/]*\\.jar!)/",
            "io.driftwood.bench", "/(src-test/target/classes|driftwood-src-test-[^/]*\\.jar!)/"));

    /** Also of arrays. */
    private static final DescribedPredicate<JavaClass> PRIMITIVE =
            DescribedPredicate.describe("are primitive", type -> type.getBaseComponentType().isPrimitive());

    /** A room without classes would make every law about it hold. */
    @ArchTest
    static void everyClass_livesInTheModuleOfItsRoom(JavaClasses all) {
        Set<String> met = new TreeSet<>();
        for (JavaClass each : all) {
            String root = HOMES.keySet().stream().filter(home -> (each.getPackageName() + ".").startsWith(home + ".")).findFirst()
                    .orElseThrow(() -> new AssertionError(each.getName() + " is in no room"));
            assertThat(each.getSource().orElseThrow().getUri().toString()).as(each.getName()).containsPattern(HOMES.get(root));
            met.add(root);
        }
        assertThat(met).contains("io.driftwood.inference", "io.driftwood.flink", "io.driftwood.wire", "io.driftwood.connectors", "io.driftwood.jobs");
    }

    @ArchTest
    static final ArchRule onlyFlinkRoomsAndJobs_knowFlink = noClasses()
            .that(resideInAnyPackage(INFERENCE, WIRE, MONITOR))
            .should().dependOnClassesThat(resideInAnyPackage("org.apache.flink.."));

    @ArchTest
    static final ArchRule onlyWireAndJobs_knowJackson = noClasses()
            .that(resideInAnyPackage(INFERENCE, OPERATORS, CONNECTORS, MONITOR))
            .should().dependOnClassesThat(resideInAnyPackage("com.fasterxml.jackson..", "tools.jackson.."));

    /** Hipparchus: special functions and derivatives; see the decisions. */
    @ArchTest
    static final ArchRule inference_standsOnTheJdkAndThreeLibraries = classes()
            .that(resideInAPackage(INFERENCE))
            .should().onlyDependOnClassesThat(resideInAnyPackage(INFERENCE, "java..", "jdk.incubator.vector..",
                    "org.apache.commons.rng..", "org.ejml..", "org.hipparchus..").or(PRIMITIVE));

    @ArchTest
    static final ArchRule operators_knowInferenceOnly = noClasses()
            .that(resideInAPackage(OPERATORS))
            .should().dependOnClassesThat(resideInAnyPackage(WIRE, CONNECTORS, MONITOR, JOBS, BENCHMARKS));

    @ArchTest
    static final ArchRule wire_knowsInferenceOnly = noClasses()
            .that(resideInAPackage(WIRE))
            .should().dependOnClassesThat(resideInAnyPackage(OPERATORS, CONNECTORS, MONITOR, JOBS, BENCHMARKS));

    @ArchTest
    static final ArchRule connectors_knowWireAndInferenceOnly = noClasses()
            .that(resideInAPackage(CONNECTORS))
            .should().dependOnClassesThat(resideInAnyPackage(OPERATORS, MONITOR, JOBS, BENCHMARKS));

    @ArchTest
    static final ArchRule monitor_knowsWireAndInferenceOnly = noClasses()
            .that(resideInAPackage(MONITOR))
            .should().dependOnClassesThat(resideInAnyPackage(OPERATORS, CONNECTORS, JOBS, BENCHMARKS))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule jobs_knowNoTestsAndNoBenchmarks = noClasses()
            .that(resideInAPackage(JOBS))
            .should().dependOnClassesThat(resideInAnyPackage(BENCHMARKS, "org.openjdk.jmh.."));

    @ArchTest
    static final ArchRule packages_haveNoCycles = slices().matching("io.driftwood.(**)").should().beFreeOfCycles();

    /** Standard output is data. Whoever writes to it is a sink, the demo's table, or the command line itself. */
    @ArchTest
    static final ArchRule nobodyPrints_butTheCommandLineAndTheSinksOfStandardStreams = noClasses()
            .that(resideInAnyPackage(INFERENCE, OPERATORS, WIRE, CONNECTORS))
            .and().resideOutsideOfPackage("io.driftwood.connectors.standard..")
            .should().accessField(System.class, "out").orShould().accessField(System.class, "err");
}
