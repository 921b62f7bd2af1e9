// Stands in for the processor: does what the request's property "dummy" tells it to do, and ends as that says.
using Archiver.Dummy;

if (args.Contains("--check"))
    return Check.End();
var aipId = args.FirstOrDefault(argument => argument.StartsWith("--aipid=", StringComparison.Ordinal))?["--aipid=".Length..] ?? "nobody";
var orders = Orders.Take();
using var attendance = new Attendance(orders.Record, aipId);
using var progress = new ProgressLines(orders.ProgressMs, orders.ProgressStep);
using var deafness = orders.IgnoreSigterm ? new Deafness() : null;

if (orders.CloseStdin)
    Streams.CloseInput();
if (orders.Grandchild)
    Grandchild.LeaveBehind(orders.Record, aipId);
Streams.Flood(Console.OpenStandardError(), orders.FloodStderr, orders.LineLength);
Streams.Flood(Console.OpenStandardOutput(), orders.FloodStdout, orders.LineLength);
foreach (var line in orders.Stderr)
    Console.Error.WriteLine(line);
Appetite.Eat(orders.EatMib, orders.EatNative);
Patience.Wait(orders.SleepMs, orders.WaitFor);

var exit = orders.ExitOfRun(attendance.Run);
attendance.End();
if (exit < 0)
    Suicide.BySignal(-exit);
if (orders.Stdout is { } text)
    Console.Out.Write(text);
else if (!orders.NoResult)
    Console.Out.WriteLine(Result.For(aipId, exit));
return exit;
