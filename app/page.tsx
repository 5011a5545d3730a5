export default function Home() {
  return <main>Orinode</main>
}
