import java.io.FileInputStream;
import java.util.List;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Prüft Dateien gegen ein PDF/A-Profil: java -cp 'JARS' Pruefer.java 3b DATEI… Eine Zeile je Datei, dann die Verstöße. */
public class Pruefer {
    public static void main(String[] angaben) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        PDFAFlavour profil = PDFAFlavour.byFlavourId(angaben[0]);
        if (profil == PDFAFlavour.NO_FLAVOUR) {
            System.err.println("Unbekanntes Profil: " + angaben[0]);
            System.exit(2);
        }
        boolean alle = true;
        for (String datei : List.of(angaben).subList(1, angaben.length)) {
            alle &= check(datei, profil);
        }
        System.exit(alle ? 0 : 1);
    }

    private static boolean check(String datei, PDFAFlavour profil) {
        try (PDFAParser leser = Foundries.defaultInstance().createParser(new FileInputStream(datei), profil);
                PDFAValidator pruefer = Foundries.defaultInstance().createValidator(profil, false)) {
            ValidationResult ergebnis = pruefer.validate(leser);
            System.out.println((ergebnis.isCompliant() ? "ja\t" : "nein\t") + datei);
            ergebnis.getTestAssertions().stream()
                    .filter(eine -> eine.getStatus() == TestAssertion.Status.FAILED)
                    .map(eine -> "\t" + eine.getRuleId().getClause() + "-" + eine.getRuleId().getTestNumber() + " " + eine.getMessage())
                    .distinct()
                    .forEach(System.out::println);
            return ergebnis.isCompliant();
        } catch (Exception fehler) { // a file that cannot even be parsed conforms to nothing
            System.out.println("nein\t" + datei + "\n\t" + fehler);
            return false;
        }
    }
}
