using System.Xml;
using Fixtures.Cli.TestPrograms;

namespace Fixtures.Tests.Cli.TestPrograms;

public sealed class TrxReaderTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Outcomes_are_counted()
    {
        string[] outcomes = ["Passed", "Passed", "Failed", "NotExecuted", "Inconclusive", "Error", "Timeout", "Aborted", ""];

        TestResults results = Read(string.Concat(outcomes.Select((outcome, i) => $"""<UnitTestResult testId="{i}" testName="T{i}" outcome="{outcome}"/>""")));

        Assert.Equal((2, 1, 4, 2), (results.Passed, results.Failures, results.Errors, results.Skipped));
        Assert.Equal(7, results.Tests);
        Assert.Equal(["T2", "T5", "T6", "T7", "T8"], results.Failed.Select(test => test.Name));
    }

    // As NUnit's runner writes it: nothing between the elements, and the class in the definition alone.
    [Fact]
    public void A_failed_test_has_its_class_its_message_and_the_places_in_its_sources()
    {
        TestResults results = Read(
            """
            <UnitTestResult testId="a" testName="Fails(2)" outcome="Failed"><Output><StdOut>Message</StdOut><ErrorInfo><Message>  Expected: 2
              But was:  1
            </Message><StackTrace>   at Blog.PostTests.Fails(Int32 i) in /blog/PostTests.cs:line 12
               at System.Reflection.MethodBaseInvoker.InterpretedInvoke_Method(Object obj, IntPtr* args)

            1)    at Blog.PostTests.Fails(Int32 i) in /blog/PostTests.cs:line 12
            </StackTrace></ErrorInfo></Output></UnitTestResult>
            """,
            """<UnitTest name="Fails(2)" id="a"><Execution id="x"/><TestMethod className="Blog.PostTests" name="Fails"/></UnitTest>""");

        FailedTest test = Assert.Single(results.Failed);
        Assert.Equal("Blog.PostTests.Fails(2)", test.Name);
        Assert.Equal("Expected: 2\n  But was:  1", test.Message.ReplaceLineEndings("\n"));
        Assert.Equal(["/blog/PostTests.cs(12): Blog.PostTests.Fails(Int32 i)"], test.Stack);
    }

    [Fact]
    public void A_name_that_has_its_class_is_left_alone()
    {
        TestResults results = Read(
            """<UnitTestResult testId="a" testName="Blog.PostTests.Fails" outcome="Failed"/>""",
            """<UnitTest id="a"><TestMethod className="Blog.PostTests" name="Fails"/></UnitTest>""");

        Assert.Equal("Blog.PostTests.Fails", Assert.Single(results.Failed).Name);
    }

    [Fact]
    public void A_stack_without_sources_keeps_its_first_frames()
    {
        string stack = string.Join('\n', Enumerable.Range(1, 9).Select(frame => $"   at Some.Library.Method{frame}()"));

        TestResults results = Read($"""<UnitTestResult testName="T" outcome="Failed"><Output><ErrorInfo><Message/><StackTrace>{stack}</StackTrace></ErrorInfo></Output></UnitTestResult>""");

        Assert.Equal(["at Some.Library.Method1()", "at Some.Library.Method2()", "at Some.Library.Method3()", "at Some.Library.Method4()", "at Some.Library.Method5()"], Assert.Single(results.Failed).Stack);
    }

    [Fact]
    public void Rows_of_data_are_counted_and_the_test_that_holds_them_is_not()
    {
        TestResults results = Read("""
            <UnitTestResult testName="T" outcome="Failed">
              <Output><ErrorInfo><Message>One or more failed.</Message></ErrorInfo></Output>
              <InnerResults><UnitTestResult testName="T (1)" outcome="Passed"/><UnitTestResult testName="T (2)" outcome="Failed"/></InnerResults>
            </UnitTestResult>
            """);

        Assert.Equal((1, 1, "T (2)"), (results.Passed, results.Failures, Assert.Single(results.Failed).Name));
    }

    [Fact]
    public void Errors_outside_of_tests_are_those_that_the_totals_have_besides()
    {
        TestResults results = Read("""<UnitTestResult testName="T" outcome="Error"/>""", """<ResultSummary><Counters error="3"/><RunInfos><RunInfo outcome="Warning"><Text>Hm.</Text></RunInfo><RunInfo outcome="Error"><Text>Aborted.</Text></RunInfo></RunInfos></ResultSummary>""");

        Assert.Equal((1, 2, "Aborted."), (results.Errors, results.ErrorsOutside, results.RunError));
    }

    [Fact]
    public void Long_messages_are_cut_and_characters_that_xml_does_not_allow_are_taken()
    {
        TestResults results = Read($"""<UnitTestResult testName="T" outcome="Failed"><Output><ErrorInfo><Message>&#1;{new string('x', 100_000)}</Message></ErrorInfo></Output></UnitTestResult>""");

        Assert.Equal("\u0001" + new string('x', 3999) + "...", Assert.Single(results.Failed).Message);
    }

    [Fact]
    public void A_file_that_breaks_off_is_refused()
    {
        File.WriteAllText(_file, "<TestRun><Results><UnitTestResult testName=\"T\" outcome=\"Passed\">");

        Assert.Throws<XmlException>(() => TrxReader.Read(_file));
    }

    private TestResults Read(string results, string definitions = "")
    {
        File.WriteAllText(_file, $"""<TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Results>{results}</Results>{definitions}</TestRun>""");
        return TrxReader.Read(_file);
    }
}
