using System.Data.Common;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Tracing.Analysis.Catalog;
using Tracing.Analysis.Checking;
using Tracing.Schemas;

namespace Tracing.Analysis.Outside;

/// <summary>The child process's side: does one request, says what came of it, and ends.</summary>
internal static class OutsideChild
{
    /// <summary>Does the request that stands on the first line of <paramref name="input"/>; where that ends, this process ends.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "The outermost place: whatever a hostile text provokes is told to the parent.")]
    public static int Run(Stream input, Stream output, TextWriter error, CancellationToken token)
    {
        try
        {
            var request = JsonSerializer.Deserialize(ReadLine(input), OutsideJson.Default.OutsideRequest)
                ?? throw new RefusedException("there is no request");
            new Thread(() => EndWith(input)) { IsBackground = true, Name = "parent's end" }.Start();
            Serve(request, output, token);
            output.Flush();
            return OutsideExit.Done;
        }
        catch (Exception exception) when (exception is RefusedException or CatalogException or JsonException)
        {
            return Complain(error, exception, OutsideExit.Refused);
        }
        catch (InputException exception)
        {
            return Complain(error, exception, OutsideExit.Input);
        }
        catch (Exception exception)
        {
            return Complain(error, exception, OutsideExit.Failed);
        }
    }

    private static byte[] ReadLine(Stream input)
    {
        using var line = new MemoryStream();
        for (var next = input.ReadByte(); next >= 0 && next != '\n'; next = input.ReadByte()) line.WriteByte((byte)next);
        return line.ToArray();
    }

    /// <summary>A parent that was killed cannot kill its child, which may have set out never to end.</summary>
    private static void EndWith(Stream input)
    {
        while (input.ReadByte() >= 0) continue;
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }

    private static int Complain(TextWriter error, Exception exception, int exit)
    {
        error.WriteLine(Printable.FirstLine(exception.Message));
        return exit;
    }

    private static void Serve(OutsideRequest request, Stream output, CancellationToken token)
    {
        var catalog = QueryCatalog.Load(request.Rules);
        var run = Checking.Run.Group(RunReader.Read(request.Files, token))[0];
        var context = RunContexts.Of(run.Facts, request.Profile, request.Exemption, catalog, []);
        var limits = DatabaseLimits.Outside with { MemoryMegabytes = request.MemoryMegabytes };
        using var session = RunSession.OpenFiles(run, context, catalog, limits, keepsFileOrder: request.Query is not null, token);
        if (request.Query is { } query)
        {
            OutsideQuery.Run(session, catalog, query, request.Format, output, token);
            return;
        }

        var rule = catalog.FindRule(request.Rule ?? "") ?? throw new RefusedException($"there is no rule '{request.Rule}'");
        Prepare(session, rule, token);
        var judgement = Judge.Run(session.Database, rule.Body, session.Losses > 0, token);
        JsonSerializer.Serialize(output, judgement, OutsideJson.Default.Judgement);
    }

    /// <summary>Whatever goes wrong here went wrong before the rule ran.</summary>
    private static void Prepare(RunSession session, Rule rule, CancellationToken token)
    {
        try
        {
            session.Require(rule.Uses, token);
        }
        catch (DbException exception)
        {
            throw new RefusedException($"{rule.File}: {Printable.FirstLine(exception.Message)}");
        }

        SelectGuard.Check(session.Database, rule.Body);
        SelectGuard.Check(session.Database, Judge.Statement(rule.Body, session.Losses > 0));
    }
}
