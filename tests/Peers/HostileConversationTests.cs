using System.Diagnostics;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace Tracing.Tests.Peers;

/// <summary>
/// Right conversations with some of it changed at random: whatever arrives, it ends, with a reason or without, and
/// everything that was passed is given back.
/// </summary>
public sealed class HostileConversationTests
{
    private const int RoundsPerSeed = 150;

    /// <summary>Both protocols take half of the time.</summary>
    private static readonly TimeSpan budget = TimeSpan.FromSeconds(TestScale.MutationSeconds) / 2;

    [Fact]
    public Task Vhost_user() => Mutate(async seed =>
    {
        using var bench = new VhostBench();
        using var mutation = new Mutation(new Random(seed), bench.Guest, bench.Call);
        bench.Say(mutation.Of(bench.Conversation));
        var reason = await bench.Serve();
        bench.RequireNothingHeld(mutation.Files);
        return reason;
    });

    [Fact]
    public Task Proxied_PCI() => Mutate(async seed =>
    {
        using var bench = new ProxyBench();
        using var mutation = new Mutation(new Random(seed), bench.Guest, bench.Pin);
        bench.Say(mutation.Of(bench.Conversation));
        var reason = await bench.Serve();
        bench.RequireNothingHeld(mutation.Files);
        return reason;
    });

    private static async Task Mutate(Func<int, Task<string?>> round)
    {
        var since = Stopwatch.GetTimestamp();
        var (refused, served) = (0, 0);
        for (var seed = 0; seed < RoundsPerSeed * TestScale.Seeds && Stopwatch.GetElapsedTime(since) < budget; seed++)
        {
            try
            {
                if (await round(seed) is { } reason)
                {
                    Assert.NotEmpty(reason);
                    refused++;
                }
                else
                {
                    served++;
                }
            }
            catch (Exception exception)
            {
                Assert.Fail($"seed {seed}: {exception}\nRepeat it: dotnet test --filter FullyQualifiedName~{nameof(HostileConversationTests)}");
            }
        }

        Assert.True(refused > 20, $"only {refused} conversations were refused");
        Assert.True(served > 20, $"only {served} conversations were served");
    }

    /// <summary>Some changes to a conversation, and the wrong descriptors that they bring.</summary>
    private sealed class Mutation(Random random, params SafeFileHandle[] right) : IDisposable
    {
        private readonly SafeFileHandle wrong = PassedFile.Wrong(PassedFile.NoEventFd[random.Next(PassedFile.NoEventFd.Count)]);

        public SafeFileHandle[] Files => [wrong];

        public List<Said> Of(IReadOnlyList<Said> conversation)
        {
            var changed = conversation.Select(said => new Said([.. said.Bytes], [.. said.Files])).ToList();
            for (var change = random.Next(1, 4); change > 0; change--) Change(changed);
            return changed;
        }

        public void Dispose() => wrong.Dispose();

        private void Change(List<Said> said)
        {
            if (said.Count == 0) return;
            var at = random.Next(said.Count);
            var (bytes, files) = (said[at].Bytes, said[at].Files);
            switch (random.Next(9))
            {
                case 0: said.RemoveAt(at); break;
                case 1: said.Insert(random.Next(said.Count + 1), said[at]); break;
                case 2:
                    said.RemoveAt(at);
                    said.Insert(random.Next(said.Count + 1), new Said(bytes, files));
                    break;
                case 3: said[at] = new Said(bytes[..random.Next(1, bytes.Length)], files); break;
                case 4: said[at] = new Said(bytes, [.. files.Skip(1)]); break;
                case 5: said[at] = new Said(bytes, [.. files.Skip(random.Next(2)), AnyFile()]); break;
                case 6: said[at] = new Said([.. bytes, .. Noise(random.Next(1, 40))], files); break;
                case 7 when bytes.Length >= 4: Array.Copy(Telling(), 0, bytes, random.Next(bytes.Length / 4) * 4, 4); break;
                default: bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8)); break;
            }
        }

        private SafeFileHandle AnyFile() => random.Next(3) == 0 ? wrong : right[random.Next(right.Length)];

        private byte[] Noise(int count)
        {
            var noise = new byte[count];
            random.NextBytes(noise);
            return noise;
        }

        /// <summary>A 32-bit word where sums and comparisons go wrong most easily.</summary>
        private byte[] Telling()
            => BitConverter.GetBytes(random.Next(5) switch { 0 => 0u, 1 => uint.MaxValue, 2 => 1u << 31, 3 => int.MaxValue, _ => (uint)random.Next(300) });
    }
}
